package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.LeadCase;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafted;
import dev.leadline.research.Researched;
import java.util.Set;

/** Drafts for the leads a person would write to: whether every claim holds, and whether they are about the lead. */
abstract class DraftExam implements Exam {

  private final Campaign campaign;
  private final Set<String> bands;

  private DraftExam(Campaign campaign, Set<String> bands) {
    this.campaign = campaign;
    this.bands = bands;
  }

  static final class OutreachExam extends DraftExam {
    OutreachExam() {
      super(Campaign.OUTREACH, Set.of("A", "B"));
    }

    @Override
    public String step() {
      return "draft-outreach";
    }
  }

  static final class NurtureExam extends DraftExam {
    NurtureExam() {
      super(Campaign.NURTURE, Set.of("C"));
    }

    @Override
    public String step() {
      return "design-nurture";
    }
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    for (LeadCase lead : Corpus.leads()) {
      if (!bands.contains(lead.band())) continue;
      lead.register(steps);
      Researched.by(steps, lead.id());
      Draft draft = sheet.timed(() -> Drafted.by(steps, lead.id(), campaign));
      sheet.mark(
          "claims hold at once", lead.id(), lead.heldOut(), draft.problems().isEmpty(), draft.problems().toString());
      if (!draft.problems().isEmpty()) draft = Drafted.again(steps, lead.id(), campaign);
      sheet.mark(
          "claims hold after one repair", lead.id(), lead.heldOut(), draft.problems().isEmpty(),
          draft.problems().toString());
      sheet.mark(
          "first mail rests on a fact", lead.id(), lead.heldOut(), !draft.emails().getFirst().facts().isEmpty(),
          "nothing of the dossier is in it");
    }
  }
}
