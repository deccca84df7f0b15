package dev.leadline.plan;

import dev.leadline.ThinkingSteps;

/** Lets the step plan-campaign run, for tests of the steps after it. */
public final class Planned {

  private Planned() {}

  public static Plan by(ThinkingSteps steps, String leadId, String campaign) {
    steps.get(PlanCampaign.class).handle(new PlanCampaign.Input(leadId, campaign), leadId.hashCode());
    return steps.get(Plans.class).of(leadId, campaign).orElseThrow();
  }

  public static Origins origins() {
    return new Origins();
  }
}
