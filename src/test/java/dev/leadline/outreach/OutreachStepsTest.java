package dev.leadline.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.research.Researched;
import org.junit.jupiter.api.Test;

class OutreachStepsTest {

  @Test
  void aLeadIsResearchedAssessedDraftedAndCheckedWithoutAModel() {
    try (var steps = new ThinkingSteps()) {
      steps.register(
          "l1", "Anna Berg", "Nordkap Logistik GmbH", null, "Head of Operations", "Website form",
          "We are looking for help with order entry. Every order is typed in by hand. Budget is approved.");

      Researched.by(steps, "l1");
      var draft = steps.get(DraftOutreach.class).handle(new DraftOutreach.Input("l1", null), 3).draft();
      var check = steps.get(CheckDraft.class).handle(new CheckDraft.Input("l1", draft.id()), 4).check();

      assertThat(draft.source()).isEqualTo(Source.RULES);
      assertThat(steps.get(Drafts.class).get(draft.id()).problems()).isEmpty();
      assertThat(check.passed()).isTrue();
    }
  }
}
