package dev.leadline.campaign;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Reading step: how the leads of a run stand. */
@Component
public class WatchLeads {

  private final Executions executions;
  private final Funnels funnels;

  WatchLeads(Executions executions, Funnels funnels) {
    this.executions = executions;
    this.funnels = funnels;
  }

  @JobWorker(type = "watch-leads")
  public Result handle(@VariablesAsType Input input) {
    var run = executions.get(input.executionId());
    var course = funnels.course(run.id());
    var since = run.startedAt() == null ? run.createdAt() : run.startedAt();
    return new Result(new Watch(
        course.leads(), course.open(), second(course.lastChange().orElse(since)), second(since)));
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  record Input(String executionId) {}

  record Result(Watch watch) {}

  /**
   * What the diagram decides by.
   *
   * @param open leads of whose journeys something is still to be expected
   * @param lastChange of any lead, ISO 8601 in UTC
   * @param since when the run began
   */
  record Watch(int leads, int open, String lastChange, String since) {}
}
