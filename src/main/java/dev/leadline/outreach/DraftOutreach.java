package dev.leadline.outreach;

import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.plan.Touches;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Thinking step: e-mails that should win a meeting. */
@Component
public class DraftOutreach {

  private static final String STEP = "draft-outreach";

  private final Drafting drafting;
  private final CampaignWriter writer;

  DraftOutreach(Drafting drafting) {
    this.drafting = drafting;
    this.writer = drafting.writer(STEP);
  }

  @JobWorker(type = STEP)
  public Drafting.Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    return drafting.draft(
        Campaign.OUTREACH, STEP, writer, input.leadId(), input.attempt(), input.touches(), jobKey);
  }

  /**
   * @param attempt 2 after the claim check sent the first draft back; null is 1
   * @param touches what the table touch-plan wants; null where the diagram asks no table
   */
  record Input(String leadId, Integer attempt, Touches touches) {}
}
