package dev.leadline.growth;

import dev.leadline.ThinkingSteps;

/** Lets the step analyse-growth run, for tests of the steps after it. */
public final class Analysed {

  private Analysed() {}

  public static Growth by(ThinkingSteps steps, String leadId) {
    steps.get(AnalyseGrowth.class).handle(new AnalyseGrowth.Input(leadId), leadId.hashCode());
    return steps.get(Growths.class).findById(leadId).orElseThrow();
  }
}
