package dev.leadline.outreach;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.outreach.Correspondence.Said;
import dev.leadline.outreach.Ground.Grounds;
import java.util.ArrayList;
import java.util.List;

/** Lets a follow-up be drafted and checked after a campaign was sent, for tests of other packages. */
public final class FollowedUp {

  private FollowedUp() {}

  /** The e-mails of a campaign as they would have been sent, one day after the other. */
  public static List<Said> sent(Draft campaign) {
    var said = new ArrayList<Said>();
    for (Email email : campaign.emails())
      said.add(new Said(
          ThinkingSteps.NOW.plusSeconds(86_400L * email.number()), "email", email.subject(), email.body()));
    return said;
  }

  /** @param attempt 2 after the claim check sent the first draft back */
  public static Draft by(ThinkingSteps steps, String leadId, List<Said> said, int attempt) {
    var drafted = new DraftFollowUp(
            steps.get(Grounds.class), List.of(id -> said), steps.get(SenderProfile.class),
            steps.get(CampaignTexts.class), steps.get(Materials.class), steps.get(Drafting.class),
            steps.get(Agents.class))
        .handle(new DraftFollowUp.Input(leadId, attempt), leadId.hashCode() + attempt)
        .draft();
    steps.get(CheckDraft.class).handle(new CheckDraft.Input(leadId, drafted.id()), leadId.hashCode());
    return steps.get(Drafts.class).get(drafted.id());
  }

  /**
   * What of a follow-up had been said in an e-mail before, if anything; greeting, signature and whatever ends every one
   * of our e-mails do not count.
   */
  public static List<String> repeated(Draft followUp, List<Said> said) {
    var mails = said.stream().filter(one -> one.channel().equals("email")).toList();
    String own = followUp.emails().getFirst().body();
    for (String paragraph : mails.getFirst().text().split("\n\n"))
      if (mails.stream().allMatch(mail -> mail.text().contains(paragraph))) own = own.replace(paragraph, "");
    return new Conversation(said).repeatedIn(own).stream().toList();
  }
}
