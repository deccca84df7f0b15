package dev.leadline.outreach;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead.Tier;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Start listener of the task ReviewDrafts: the draft beside its evidence, local to the reviewer's task. */
@Component
public class ShowDraft {

  private final Leads leads;
  private final Dossiers dossiers;
  private final Drafts drafts;

  ShowDraft(Leads leads, Dossiers dossiers, Drafts drafts) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.drafts = drafts;
  }

  @JobWorker(type = "show-draft")
  public Result handle(@VariablesAsType Input input) {
    Draft draft = drafts.get(input.draftId());
    Lead lead = leads.change(input.leadId(), known -> known.withStage(Stage.WAITING_FOR_PERSON));
    return new Result(
        new Shown(lead.name(), lead.jobTitle(), lead.company(), lead.email()),
        new Score(lead.score(), lead.tier()),
        draft.campaign().name().toLowerCase(Locale.ROOT),
        draft.problems() == null ? List.of() : draft.problems(),
        evidence(draft, dossiers.get(lead.id())),
        draft.emails().stream().map(ShowDraft::shown).toList());
  }

  /** What the e-mails rest on first, then the rest of the dossier. */
  private static List<Evidence> evidence(Draft draft, Dossier dossier) {
    var cited = draft.emails().stream().flatMap(email -> email.facts().stream()).distinct().toList();
    return Stream.concat(
            cited.stream().flatMap(id -> dossier.fact(id).stream()),
            dossier.facts().stream().filter(fact -> !cited.contains(fact.id())))
        .map(Evidence::of)
        .toList();
  }

  private static ShownEmail shown(Email email) {
    return new ShownEmail(email.number(), email.after(), email.subject(), email.body());
  }

  record Input(String leadId, String draftId) {}

  /** The variables of the form review-drafts. */
  record Result(
      Shown lead, Score score, String campaign, List<String> problems, List<Evidence> evidence,
      List<ShownEmail> emails) {}

  record Shown(String name, String jobTitle, String company, String email) {}

  record Score(Integer points, Tier tier) {}

  record Evidence(String text, String source, String date, String quote) {
    static Evidence of(Fact fact) {
      return new Evidence(fact.text(), fact.source(), fact.date().toString(), fact.quote());
    }
  }

  record ShownEmail(int number, String after, String subject, String body) {}
}
