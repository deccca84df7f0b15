package dev.leadline.plan;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Chooses how to go about one lead. */
interface CampaignPlanner {

  @SystemMessage(fromResource = "/prompts/plan-campaign.system.md")
  @UserMessage(fromResource = "/prompts/plan-campaign.user.md")
  Strategy plan(
      @V("campaign") String campaign, @V("lead") String lead, @V("dossier") String dossier,
      @V("points") String points, @V("growth") String growth);
}
