package dev.leadline.outreach;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.CampaignWriter.Letter;
import dev.leadline.outreach.CampaignWriter.Letters;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How a campaign for one lead is written, by a model or in the words of rules/campaigns.yaml. */
@Component
class Drafting {

  private final Leads leads;
  private final Dossiers dossiers;
  private final Drafts drafts;
  private final SenderProfile sender;
  private final CampaignTexts texts;
  private final Materials materials;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  Drafting(
      Leads leads, Dossiers dossiers, Drafts drafts, SenderProfile sender, CampaignTexts texts,
      Materials materials, Agents agents, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.drafts = drafts;
    this.sender = sender;
    this.texts = texts;
    this.materials = materials;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** What the journey knows of a draft. */
  record Result(Summary draft) {}

  record Summary(String id, String campaign, Answer.Source source, int attempt, List<Touch> touches) {}

  record Touch(int number, String after) {}

  CampaignWriter writer(String step) {
    return agents.create(step, CampaignWriter.class);
  }

  Result draft(Campaign campaign, String step, CampaignWriter writer, String leadId, Integer asked, long jobKey) {
    int attempt = asked == null || asked < 1 ? 1 : asked;
    Lead lead = leads.get(leadId);
    Dossier dossier = dossiers.get(leadId);
    List<String> problems = problems(leadId, campaign, attempt);
    Material material = materials.of(lead, dossier, problems);
    Answer<List<Email>> emails = agents.ask(
        step, leadId, jobKey,
        () -> emails(campaign, ask(campaign, writer, lead, dossier, problems), material, dossier),
        () -> texts.write(campaign, material));
    String id = Draft.id(leadId, campaign, attempt);
    drafts.save(new Draft(id, leadId, campaign, attempt, emails.value(), null, null, emails.source(), clock.instant()));
    tell(step, leadId, attempt, emails, jobKey);
    var touches = emails.value().stream().map(email -> new Touch(email.number(), email.after())).toList();
    return new Result(
        new Summary(id, campaign.name().toLowerCase(Locale.ROOT), emails.source(), attempt, touches));
  }

  private List<String> problems(String leadId, Campaign campaign, int attempt) {
    if (attempt == 1) return List.of();
    return drafts.findById(Draft.id(leadId, campaign, attempt - 1))
        .map(Draft::problems)
        .orElse(List.of());
  }

  private Letters ask(Campaign campaign, CampaignWriter writer, Lead lead, Dossier dossier, List<String> problems) {
    String about = "%s, %s at %s. Came through: %s".formatted(
        lead.name(), lead.jobTitle(), lead.company(), lead.leadSource());
    String said = problems.isEmpty() ? "none" : String.join("\n", problems);
    int count = texts.touches(campaign).size();
    String who = sender.company();
    String profile = sender.asText();
    String facts = dossier.asData();
    return campaign == Campaign.OUTREACH
        ? writer.outreach(who, count, profile, Dossier.harmless(about), facts, Dossier.harmless(said))
        : writer.nurture(who, count, profile, Dossier.harmless(about), facts, Dossier.harmless(said));
  }

  /** The model's words with our waits, greeting and signature. */
  private List<Email> emails(Campaign campaign, Letters letters, Material material, Dossier dossier) {
    var touches = texts.touches(campaign);
    if (letters.emails().size() != touches.size()) throw new IllegalArgumentException("not as many e-mails as asked");
    var emails = new ArrayList<Email>();
    for (int i = 0; i < touches.size(); i++) {
      Letter letter = letters.emails().get(i);
      var facts = letter.facts().stream().filter(id -> dossier.fact(id).isPresent()).distinct().toList();
      emails.add(new Email(
          i + 1, touches.get(i).after(), letter.subject().strip(), texts.framed(letter.body(), material), facts));
    }
    return emails;
  }

  private void tell(String step, String leadId, int attempt, Answer<List<Email>> emails, long jobKey) {
    var details = new ArrayList<String>();
    if (emails.note() != null) details.add(emails.note());
    emails.value().forEach(email -> details.add("E-mail %d: %s".formatted(email.number(), email.subject())));
    String again = attempt == 1 ? "Drafted" : "Drafted again";
    timeline.record(
        step + "-" + jobKey, leadId, step, Actor.valueOf(emails.source().name()), emails.by(),
        "%s %d e-mails.".formatted(again, emails.value().size()), details);
  }
}
