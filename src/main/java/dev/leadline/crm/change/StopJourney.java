package dev.leadline.crm.change;

import dev.leadline.engine.Messages;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Acts: ends the lead's journey, because a colleague has them now. */
@Component
public class StopJourney {

  private static final String MESSAGE = "lead-taken-over";

  private final Messages messages;
  private final Timeline timeline;

  StopJourney(Messages messages, Timeline timeline) {
    this.messages = messages;
    this.timeline = timeline;
  }

  @JobWorker(type = "stop-journey")
  public void handle(@VariablesAsType Input input) {
    timeline.record(
        "crm-change:" + input.changeId(), input.leadId(), "crm-change", Actor.PERSON, "CRM",
        input.because() + "; no more campaign mail", List.of());
    messages.tell(MESSAGE, input.leadId(), MESSAGE + ":" + input.changeId());
  }

  record Input(String leadId, String changeId, String because) {}
}
