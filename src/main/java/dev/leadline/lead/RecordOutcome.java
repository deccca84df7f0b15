package dev.leadline.lead;

import dev.leadline.lead.Lead.Stage;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Writes down how the journey of a lead ended. */
@Component
public class RecordOutcome {

  private static final Set<Stage> OVER = EnumSet.of(Stage.CLOSED, Stage.SUPPRESSED);

  record Input(String leadId, String outcome) {}

  private record Ending(Stage stage, String words) {

    /** Whoever is not to be contacted stays so, and who is closed is not opened by what ends after that. */
    Lead of(Lead lead) {
      return stage.compareTo(lead.stage()) < 0 && OVER.contains(lead.stage()) ? lead : lead.withStage(stage);
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
    Ending ending = ending(input.outcome(), leads.get(input.leadId()));
    leads.change(input.leadId(), lead -> ending.of(lead));
    timeline.record(
        "record-outcome-" + job, input.leadId(), "record-outcome", Actor.SYSTEM, "lead-journey", ending.words(),
        List.of());
  }

  private static Ending ending(String outcome, Lead lead) {
    return switch (outcome) {
      case "contacted" -> new Ending(Stage.CONTACTED, "The journey ended: every planned e-mail was sent");
      case "closed" -> new Ending(Stage.CLOSED, lead.stage() == Stage.CLOSED
          ? "The journey ended: they had been closed" : "The journey ended without contact: not a fit for us");
      case "rejected" -> new Ending(Stage.CLOSED, "The journey ended: a reviewer rejected the e-mails");
      case "not-approved" -> new Ending(Stage.CLOSED, "The journey ended: an e-mail was not approved, not sent");
      case "wrong-person" -> new Ending(Stage.CLOSED, "Closed: they are not the one to speak with");
      case "left-company" -> new Ending(Stage.CLOSED, "Closed: they work there no more");
      case "answered" -> new Ending(Stage.ANSWERED, "The journey ended: they answered");
      case "not-allowed" -> new Ending(Stage.CLOSED, "The journey ended: we may not write to this person");
      case "taken-over" -> new Ending(Stage.CLOSED, "The journey ended: a colleague has them in the CRM");
      case "dropped" -> new Ending(Stage.CLOSED, "The journey ended: their campaign was cancelled");
      case "suppressed" -> new Ending(Stage.SUPPRESSED, "The journey ended: this person is not to be contacted");
      case null, default -> throw new IllegalArgumentException("No journey ends as " + outcome);
    };
  }
}
