package dev.leadline.meeting;

import dev.leadline.ThinkingSteps;

/** Lets the step brief-seller run, for tests of other packages. */
public final class Briefed {

  private Briefed() {}

  public static Brief by(ThinkingSteps steps, String leadId) {
    steps.get(BriefSeller.class).handle(new BriefSeller.Input(leadId), leadId.hashCode());
    return steps.get(Briefs.class).findById(leadId).orElseThrow();
  }
}
