package dev.leadline.lead;

import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes down how the journey of a lead ended. */
@Component
public class RecordOutcome {

  record Input(String leadId, String outcome) {}

  private record Ending(Lead.Stage stage, String words) {

    /** Whoever is not to be contacted stays so, whatever ends after that. */
    Lead of(Lead lead) {
      return lead.stage() == Lead.Stage.SUPPRESSED ? lead : lead.withStage(stage);
    }
  }

  private final Leads leads;
  private final Timeline timeline;

  RecordOutcome(Leads leads, Timeline timeline) {
    this.leads = leads;
    this.timeline = timeline;
  }

  @JobWorker(type = "record-outcome")
  public void record(@VariablesAsType Input input, @JobKey long job) {
    Ending ending = ending(input.outcome());
    leads.change(input.leadId(), lead -> ending.of(lead));
    timeline.record(
        "record-outcome-" + job, input.leadId(), "record-outcome", Actor.SYSTEM, "lead-journey", ending.words(),
        List.of());
  }

  private static Ending ending(String outcome) {
    return switch (outcome) {
      case "contacted" -> new Ending(Lead.Stage.CONTACTED, "The journey ended: every planned e-mail was sent");
      case "closed" -> new Ending(Lead.Stage.CLOSED, "The journey ended without contact: not a fit for us");
      case "rejected" -> new Ending(Lead.Stage.CLOSED, "The journey ended: a reviewer rejected the e-mails");
      case "not-approved" -> new Ending(Lead.Stage.CLOSED, "The journey ended: an e-mail was not approved, not sent");
      case "wrong-person" -> new Ending(Lead.Stage.CLOSED, "Closed: they are not the one to speak with");
      case "left-company" -> new Ending(Lead.Stage.CLOSED, "Closed: they work there no more");
      case "answered" -> new Ending(Lead.Stage.ANSWERED, "The journey ended: they answered");
      case "not-allowed" -> new Ending(Lead.Stage.CLOSED, "The journey ended: we may not write to this person");
      case "taken-over" -> new Ending(Lead.Stage.CLOSED, "The journey ended: a colleague has them in the CRM");
      case "dropped" -> new Ending(Lead.Stage.CLOSED, "The journey ended: their campaign was cancelled");
      case "suppressed" -> new Ending(Lead.Stage.SUPPRESSED, "The journey ended: this person is not to be contacted");
      case null, default -> throw new IllegalArgumentException("No journey ends as " + outcome);
    };
  }
}
