package dev.leadline.qualify;

import dev.leadline.ThinkingSteps;

/** Lets the step assess-lead run, for tests of the steps after it. */
public final class Assessed {

  private Assessed() {}

  public static Assessment by(ThinkingSteps steps, String leadId) {
    steps.get(AssessLead.class).handle(new AssessLead.Input(leadId), leadId.hashCode());
    return steps.get(Assessments.class).findById(leadId).orElseThrow();
  }
}
