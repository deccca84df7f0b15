package dev.leadline.outreach;

import dev.leadline.ThinkingSteps;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.plan.Touches;
import dev.leadline.reading.Inbox;
import dev.leadline.reading.Received;

/** Lets a campaign be drafted and checked, for tests of other packages. */
public final class Drafted {

  private Drafted() {}

  public static Draft by(ThinkingSteps steps, String leadId, Campaign campaign) {
    return by(steps, leadId, campaign, 1);
  }

  /** After the claim check sent the first draft back. */
  public static Draft again(ThinkingSteps steps, String leadId, Campaign campaign) {
    return by(steps, leadId, campaign, 2);
  }

  /** The answer to a message, read and checked. */
  public static Draft answering(ThinkingSteps steps, Received message) {
    return answering(steps, message, 1);
  }

  public static Draft answering(ThinkingSteps steps, Received message, int attempt) {
    Inbox.read(steps, message);
    var input = new DraftReply.Input(message.leadId(), message.id(), attempt);
    var draft = steps.get(DraftReply.class).handle(input, message.id().hashCode()).draft();
    steps.get(CheckDraft.class).handle(new CheckDraft.Input(message.leadId(), draft.id()), message.id().hashCode());
    return steps.get(Drafts.class).get(draft.id());
  }

  static Draft by(ThinkingSteps steps, String leadId, Campaign campaign, int attempt) {
    return by(steps, leadId, campaign, attempt, null);
  }

  /** As the table touch-plan wants it. */
  public static Draft by(ThinkingSteps steps, String leadId, Campaign campaign, Touches touches) {
    return by(steps, leadId, campaign, 1, touches);
  }

  private static Draft by(ThinkingSteps steps, String leadId, Campaign campaign, int attempt, Touches touches) {
    long job = leadId.hashCode() + attempt;
    var draft = campaign == Campaign.OUTREACH
        ? steps.get(DraftOutreach.class).handle(new DraftOutreach.Input(leadId, attempt, touches), job).draft()
        : steps.get(DesignNurture.class).handle(new DesignNurture.Input(leadId, attempt, touches), job).draft();
    steps.get(CheckDraft.class).handle(new CheckDraft.Input(leadId, draft.id()), job);
    return steps.get(Drafts.class).get(draft.id());
  }
}
