package dev.leadline.qualify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.research.Researched;
import org.junit.jupiter.api.Test;

class QualifyStepsTest {

  @Test
  void aClearLeadIsReadByRules() {
    try (var steps = new ThinkingSteps()) {
      steps.register(
          "l1", "Anna Berg", "Nordkap Logistik GmbH", null, "Head of Operations", "Website form",
          "We are a freight forwarder with three warehouses. We are looking for help with order entry."
              + " Our budget is approved. We want to start this quarter. I can decide.");
      Researched.by(steps, "l1");

      var assessment = steps.get(AssessLead.class).handle(new AssessLead.Input("l1"), 2).assessment();

      assertThat(assessment.industryFit()).isEqualTo("high");
      assertThat(assessment.seniority()).isEqualTo("head");
      assertThat(assessment.need()).isEqualTo("explicit");
      assertThat(assessment.budget()).isEqualTo("stated");
      assertThat(assessment.urgency()).isEqualTo("quarter");
      assertThat(assessment.authority()).isEqualTo("decides");
      assertThat(assessment.abstained()).isFalse();
    }
  }
}
