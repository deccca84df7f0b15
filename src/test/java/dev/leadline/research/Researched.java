package dev.leadline.research;

import dev.leadline.ThinkingSteps;

/** Lets the step research-lead run, for tests of the steps after it. */
public final class Researched {

  private Researched() {}

  public static Dossier by(ThinkingSteps steps, String leadId) {
    steps.get(ResearchLead.class).handle(new ResearchLead.Input(leadId), leadId.hashCode());
    return steps.dossier(leadId);
  }
}
