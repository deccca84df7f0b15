package dev.leadline.research;

import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.engine.TaskAnswer;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task ResearchByHand: keeps what a person found, line by line, like what a tool has read,
 * or says why the task is not done.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordResearch {

  private static final int MOST_LINES = 10;
  private static final int LONGEST_LINE = 300;

  private final Readings readings;
  private final Timeline timeline;

  RecordResearch(Readings readings, Timeline timeline) {
    this.readings = readings;
    this.timeline = timeline;
  }

  @JobWorker(
      type = "record-research",
      autoComplete = false,
      fetchVariables = {"leadId", "findings", "address", "nothing"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    TaskAnswer.complete(client, job, answer.objection().or(() -> record(answer.person(), job)));
  }

  private Optional<String> record(String person, ActivatedJob job) {
    var given = job.getVariablesAsMap();
    List<String> lines = lines(given.get("findings"));
    URI address = given.get("address") instanceof String text && !text.isBlank() ? SiteTour.address(text.strip()) : null;
    boolean wrongAddress = address == null && given.get("address") instanceof String text && !text.isBlank();
    var objection = objection(lines, Boolean.TRUE.equals(given.get("nothing")), wrongAddress);
    if (objection.isEmpty())
      record((String) job.getVariable("leadId"), person, lines, address, job);
    return objection;
  }

  static Optional<String> objection(List<String> lines, boolean nothing, boolean wrongAddress) {
    if (lines.isEmpty() && !nothing) return Optional.of("Write down what you found, or tick that there is nothing.");
    if (lines.size() > MOST_LINES) return Optional.of("At most %d lines.".formatted(MOST_LINES));
    if (lines.stream().anyMatch(line -> line.length() > LONGEST_LINE))
      return Optional.of("A line has at most %d characters.".formatted(LONGEST_LINE));
    return wrongAddress ? Optional.of("Where you found it is no web address.") : Optional.empty();
  }

  private void record(String leadId, String person, List<String> lines, URI address, ActivatedJob job) {
    String source = address == null ? "by hand" : address.toString();
    String outcome = lines.isEmpty()
        ? "%s looked and found nothing.".formatted(person)
        : "%s found %s.".formatted(person, lines.size() == 1 ? "one thing" : lines.size() + " things");
    readings.keep(
        job.getProcessInstanceKey(), job.getElementInstanceKey(), leadId,
        Brought.passages(outcome, lines.stream().map(line -> Passage.of(source, "other", line)).toList()));
    timeline.record(
        "record-research-" + job.getElementInstanceKey(), leadId, "record-research", Actor.PERSON, person, outcome, lines);
  }

  private static List<String> lines(Object findings) {
    return findings instanceof String text
        ? text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()
        : List.of();
  }
}
