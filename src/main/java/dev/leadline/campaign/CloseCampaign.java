package dev.leadline.campaign;

import dev.leadline.campaign.Execution.State;
import dev.leadline.sending.Holds;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Action step: writes down how a run ended, and its final figures. */
@Component
public class CloseCampaign {

  private static final String STEP = "close-campaign";

  private final Executions executions;
  private final Funnels funnels;
  private final Holds holds;
  private final ExecutionLog log;

  CloseCampaign(Executions executions, Funnels funnels, Holds holds, ExecutionLog log) {
    this.executions = executions;
    this.funnels = funnels;
    this.holds = holds;
    this.log = log;
  }

  @JobWorker(type = STEP)
  public void handle(@VariablesAsType Input input, @JobKey long jobKey) {
    State state = switch (input.outcome()) {
      case "completed" -> State.COMPLETED;
      case "failed" -> State.FAILED;
      case "cancelled" -> State.CANCELLED;
      case null, default -> throw new IllegalArgumentException(
          "The outcome must be completed, failed or cancelled, not " + input.outcome());
    };
    var figures = funnels.of(input.executionId());
    // Before the end: whoever hears of it reads this too.
    log.write(
        STEP + "-" + jobKey, input.executionId(), STEP, "campaign",
        "The run is " + state.inWords() + (input.because() == null ? "." : ": " + input.because() + "."),
        List.of(figures.inWords()));
    executions.close(input.executionId(), state, input.because(), figures);
    // After it: nobody can pause it any more, so no hold comes back.
    holds.release(input.executionId(), STEP);
  }

  /**
   * @param outcome completed, failed or cancelled
   * @param because in words; null when there is nothing to say
   */
  record Input(String executionId, String outcome, String because) {}
}
