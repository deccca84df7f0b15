package dev.leadline.qualify;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Start listener of the task QualifyByHand: what a person needs to see, local to their task. */
@Component
public class ShowLead {

  private final Leads leads;
  private final Dossiers dossiers;

  ShowLead(Leads leads, Dossiers dossiers) {
    this.leads = leads;
    this.dossiers = dossiers;
  }

  @JobWorker(type = "show-lead")
  public Result handle(@VariablesAsType Input input) {
    Lead lead = leads.change(input.leadId(), known -> known.withStage(Stage.WAITING_FOR_PERSON));
    var evidence = dossiers.findById(lead.id()).map(dossier -> dossier.facts()).orElse(List.of());
    return new Result(
        new Shown(
            lead.name(), lead.jobTitle(), lead.company(), lead.email(), lead.website(), lead.leadSource(),
            lead.projectDescription()),
        evidence.stream().map(Evidence::of).toList());
  }

  record Input(String leadId) {}

  record Result(Shown lead, List<Evidence> evidence) {}

  /** The lead as the form shows it. */
  record Shown(
      String name, String jobTitle, String company, String email, String website, String leadSource,
      String projectDescription) {}

  /** One fact as the form shows it. */
  record Evidence(String text, String source, String date, String quote) {
    static Evidence of(Fact fact) {
      return new Evidence(fact.text(), fact.source(), fact.date().toString(), fact.quote());
    }
  }
}
