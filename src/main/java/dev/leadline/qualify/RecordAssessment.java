package dev.leadline.qualify;

import static com.fasterxml.jackson.annotation.JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead.Tier;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Acting step: writes what the tables decided onto the lead. */
@Component
public class RecordAssessment {

  private final Leads leads;
  private final Timeline timeline;

  RecordAssessment(Leads leads, Timeline timeline) {
    this.leads = leads;
    this.timeline = timeline;
  }

  @JobWorker(type = "record-assessment")
  public void handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Score score = input.score();
    Routing routing = input.routing();
    Stage stage = routing.route().equals("person") ? Stage.WAITING_FOR_PERSON : Stage.QUALIFYING;
    leads.change(input.leadId(), lead ->
        lead.withScore(score.points(), score.tier()).withRoute(routing.route()).withStage(stage));
    timeline.record(
        "lead-score-" + jobKey, input.leadId(), "lead-score", Actor.TABLE, "lead-score",
        "Scored %d of 100, tier %s.".formatted(score.points(), score.tier()), score.because());
    timeline.record(
        "lead-routing-" + jobKey, input.leadId(), "lead-routing", Actor.TABLE, "lead-routing",
        "Next: %s.".formatted(routing.route()), routing.because());
    QualifiedLeads.count(routing.route());
  }

  record Input(String leadId, Score score, Routing routing) {}

  /** What lead-score said, with the rows that were hit. */
  record Score(int points, Tier tier, @JsonFormat(with = ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> because) {
    Score {
      because = because == null ? List.of() : List.copyOf(because);
    }
  }

  /** What lead-routing said, with the row that was hit. */
  record Routing(String route, @JsonFormat(with = ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> because) {
    Routing {
      if (route == null) throw new IllegalArgumentException("The table lead-routing gave no route");
      because = because == null ? List.of() : List.copyOf(because);
    }
  }
}
