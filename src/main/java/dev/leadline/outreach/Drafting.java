package dev.leadline.outreach;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.ForeignText;
import dev.leadline.outreach.CampaignWriter.Letter;
import dev.leadline.outreach.CampaignWriter.Letters;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Ground.Grounds;
import dev.leadline.plan.Touches;
import dev.leadline.research.Dossier;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** How a campaign for one lead is written, by a model or in the words of rules/campaigns.yaml. */
@Component
class Drafting {

  private final Grounds grounds;
  private final Drafts drafts;
  private final SenderProfile sender;
  private final CheckRules rules;
  private final CampaignTexts texts;
  private final Materials materials;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  Drafting(
      Grounds grounds, Drafts drafts, SenderProfile sender, CheckRules rules, CampaignTexts texts,
      Materials materials, Agents agents, Timeline timeline, Clock clock) {
    this.grounds = grounds;
    this.drafts = drafts;
    this.sender = sender;
    this.rules = rules;
    this.texts = texts;
    this.materials = materials;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** What the journey knows of a draft. */
  record Result(Summary draft) {}

  record Summary(String id, String campaign, Answer.Source source, int attempt, List<Touch> touches, int tainted) {}

  /**
   * @param number of the e-mail in the draft; a touch by a person has the number of the e-mail before it
   * @param channel email, linkedin or call
   */
  record Touch(int number, String after, String channel, String purpose) {}

  CampaignWriter writer(String step) {
    return agents.create(step, CampaignWriter.class);
  }

  /** @param planned what the table touch-plan wants; null where the diagram asks no table */
  Result draft(
      Campaign campaign, String step, CampaignWriter writer, String leadId, Integer asked, Touches planned,
      long jobKey) {
    int attempt = attempt(asked);
    Ground ground = grounds.of(leadId, campaign);
    List<String> problems = attempt == 1 ? List.of() : problems(Draft.id(leadId, campaign, attempt - 1));
    Material material = materials.of(ground, problems);
    var touches = planned == null || planned.kept().isEmpty() ? texts.touches(campaign) : planned.kept();
    var mails = touches.stream().filter(Touches.Touch::byMail).toList();
    Answer<List<Email>> emails = agents.ask(
        step, leadId, jobKey,
        () -> listenedTo(
            emails(mails, ask(campaign, writer, ground, mails, problems), material, ground.dossier()), ground, attempt),
        () -> texts.write(campaign, mails, 1, material));
    return save(Draft.id(leadId, campaign, attempt), step, ground, campaign, attempt, emails, touches, jobKey);
  }

  static int attempt(Integer asked) {
    return asked == null || asked < 1 ? 1 : asked;
  }

  /** What the claim check found in an earlier attempt. */
  List<String> problems(String draftId) {
    return drafts.findById(draftId).map(Draft::problems).orElse(List.of());
  }

  Result save(
      String id, String step, Ground ground, Campaign campaign, int attempt, Answer<List<Email>> emails,
      List<Touches.Touch> touches, long jobKey) {
    return save(
        id, null, ground.dossier().taints(), step, ground.lead().id(), campaign, attempt, emails, touches, jobKey);
  }

  /**
   * @param answers the message that it answers, or null
   * @param taints where what it rests on speaks to machines
   */
  Result save(
      String id, String answers, List<String> taints, String step, String leadId, Campaign campaign, int attempt,
      Answer<List<Email>> emails, List<Touches.Touch> touches, long jobKey) {
    drafts.save(new Draft(
        id, leadId, campaign, attempt, emails.value(), null, null, emails.source(), clock.instant(), taints, answers));
    tell(step, leadId, attempt, emails, jobKey);
    return new Result(new Summary(
        id, campaign.word(), emails.source(), attempt, numbered(touches, emails.value().getFirst().number()),
        taints.size()));
  }

  private static List<Touch> numbered(List<Touches.Touch> touches, int first) {
    var numbered = new ArrayList<Touch>();
    int number = first - 1;
    for (var touch : touches) {
      if (touch.byMail()) number++;
      numbered.add(new Touch(number, touch.after(), touch.channel(), touch.purpose()));
    }
    return numbered;
  }

  private Letters ask(
      Campaign campaign, CampaignWriter writer, Ground ground, List<Touches.Touch> mails, List<String> problems) {
    String said = problems.isEmpty() ? "none" : ForeignText.harmless(String.join("\n", problems));
    var wanted = new ArrayList<String>();
    for (var mail : mails)
      wanted.add("%d. %s, %s".formatted(wanted.size() + 1, mail.purpose(), Waits.inWords(mail.after())));
    String who = sender.company();
    String profile = sender.asText();
    String facts = ground.dossier().asData();
    String lead = ground.leadAsData();
    String plan = ground.planAsData();
    String list = String.join("\n", wanted);
    return campaign == Campaign.OUTREACH
        ? writer.outreach(who, mails.size(), profile, lead, facts, plan, list, said)
        : writer.nurture(who, mails.size(), profile, lead, facts, plan, list, said);
  }

  /** The model's words with our waits, greeting and signature. */
  private List<Email> emails(List<Touches.Touch> mails, Letters letters, Material material, Dossier dossier) {
    if (letters.emails().size() != mails.size()) throw new IllegalArgumentException("not as many e-mails as asked");
    var emails = new ArrayList<Email>();
    for (int i = 0; i < mails.size(); i++) {
      Letter letter = letters.emails().get(i);
      emails.add(new Email(
          i + 1, mails.get(i).after(), letter.subject().strip(), texts.framed(letter.body(), material),
          known(letter.facts(), dossier)));
    }
    return emails;
  }

  /**
   * A model that was told of its links and addresses, and writes them again, is not listened to.
   *
   * @throws IllegalArgumentException then
   */
  List<Email> listenedTo(List<Email> emails, Ground ground, int attempt) {
    var claims = new Claims(ground.lead(), ground.dossier(), sender, rules);
    if (attempt > 1 && emails.stream().anyMatch(email -> claims.leadsAway(email.subject() + "\n" + email.body())))
      throw new IllegalArgumentException("a link or an address of its own, again");
    return emails;
  }

  static List<String> known(List<String> facts, Dossier dossier) {
    return facts.stream().filter(id -> dossier.fact(id).isPresent()).distinct().toList();
  }

  private void tell(String step, String leadId, int attempt, Answer<List<Email>> emails, long jobKey) {
    var details = new ArrayList<String>();
    if (emails.note() != null) details.add(emails.note());
    emails.value().forEach(email -> details.add("E-mail %d: %s".formatted(email.number(), email.subject())));
    String again = attempt == 1 ? "Drafted" : "Drafted again";
    int count = emails.value().size();
    timeline.record(
        step + "-" + jobKey, leadId, step, Actor.valueOf(emails.source().name()), emails.by(),
        "%s %d e-mail%s.".formatted(again, count, count == 1 ? "" : "s"), details);
  }
}
