package dev.leadline.outreach;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.ForeignText;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.FollowUpWriter.FollowUp;
import dev.leadline.outreach.Ground.Grounds;
import dev.leadline.research.Dossier;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Thinking step: the next e-mail of a conversation, which says nothing twice and keeps the subject. */
@Component
public class DraftFollowUp {

  private static final String STEP = "draft-follow-up";
  private static final Campaign CAMPAIGN = Campaign.FOLLOW_UP;

  private final Grounds grounds;
  private final List<Correspondence> channels;
  private final SenderProfile sender;
  private final CampaignTexts texts;
  private final Materials materials;
  private final Drafting drafting;
  private final FollowUpWriter writer;
  private final Agents agents;

  DraftFollowUp(
      Grounds grounds, List<Correspondence> channels, SenderProfile sender, CampaignTexts texts, Materials materials,
      Drafting drafting, Agents agents) {
    this.grounds = grounds;
    this.channels = channels;
    this.sender = sender;
    this.texts = texts;
    this.materials = materials;
    this.drafting = drafting;
    this.writer = agents.create(STEP, FollowUpWriter.class);
    this.agents = agents;
  }

  @JobWorker(type = STEP)
  public Drafting.Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    int attempt = Drafting.attempt(input.attempt());
    Ground ground = grounds.of(input.leadId(), CAMPAIGN);
    Conversation conversation = Conversation.of(input.leadId(), channels);
    // Counted on from what was sent, so that no follow-up takes another one's place.
    int number = conversation.mails() + 1;
    List<String> problems =
        attempt == 1 ? List.of() : drafting.problems(id(input.leadId(), number, attempt - 1));
    Material material = materials.of(ground, problems).goingOn(conversation);
    var touches = texts.touches(CAMPAIGN);
    Email byRules = texts.write(CAMPAIGN, touches, number, material).getFirst();
    Answer<List<Email>> emails = agents.ask(
        STEP, input.leadId(), jobKey,
        () -> drafting.listenedTo(
            List.of(email(ask(ground, conversation, problems), conversation, byRules, material, ground.dossier())),
            ground, attempt),
        () -> List.of(byRules));
    return drafting.save(
        id(input.leadId(), number, attempt), STEP, ground, CAMPAIGN, attempt, emails, touches, jobKey);
  }

  private static String id(String leadId, int number, int attempt) {
    return "%s-%s-%d-%d".formatted(leadId, CAMPAIGN.word(), number, attempt);
  }

  private FollowUp ask(Ground ground, Conversation conversation, List<String> problems) {
    return writer.write(
        sender.company(), sender.asText(), ground.leadAsData(), ground.dossier().asData(), conversation.asData(),
        problems.isEmpty() ? "none" : ForeignText.harmless(String.join("\n", problems)));
  }

  /** The model's words under the subject of the conversation. */
  private Email email(
      FollowUp written, Conversation conversation, Email byRules, Material material, Dossier dossier) {
    conversation.repeatedIn(written.body()).ifPresent(again -> {
      throw new IllegalArgumentException("says again what was said before");
    });
    return new Email(
        byRules.number(), byRules.after(), byRules.subject(), texts.framed(written.body(), material),
        Drafting.known(written.facts(), dossier));
  }

  /** @param attempt 2 after the claim check sent the first draft back; null is 1 */
  record Input(String leadId, Integer attempt) {}
}
