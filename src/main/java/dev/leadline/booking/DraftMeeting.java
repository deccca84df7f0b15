package dev.leadline.booking;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.CompanyName;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.Conversation;
import dev.leadline.outreach.Correspondence;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.outreach.FirstName;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.research.Rules;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Thinking step, by rules only: a mail about a meeting, in the words of rules/draft-meeting.yaml. */
@Component
public class DraftMeeting {

  private static final String STEP = "draft-meeting";

  private final Agents.RulesOnly rules;
  private final Meetings meetings;
  private final Hosts hosts;
  private final Leads leads;
  private final Drafts drafts;
  private final List<Correspondence> channels;
  private final SenderProfile sender;
  private final BookingLinks links;
  private final InjectionGuard guard;
  private final Timeline timeline;
  private final Clock clock;
  private final Map<String, Text> texts = Map.copyOf(Rules.read("draft-meeting", File.class).texts());

  DraftMeeting(
      Agents agents, Meetings meetings, Hosts hosts, Leads leads, Drafts drafts, List<Correspondence> channels,
      SenderProfile sender, BookingLinks links, InjectionGuard guard, Timeline timeline, Clock clock) {
    this.rules = agents.byRules(STEP);
    this.meetings = meetings;
    this.hosts = hosts;
    this.leads = leads;
    this.drafts = drafts;
    this.channels = channels;
    this.sender = sender;
    this.links = links;
    this.guard = guard;
    this.timeline = timeline;
    this.clock = clock;
  }

  private record File(Map<String, Text> texts) {}

  /** @param thread whether it goes on in the subject of the conversation, when there is one */
  private record Text(String subject, boolean thread, String body) {}

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input) {
    Meeting meeting = meetings.get(input.meetingId());
    if (!meeting.leadId().equals(input.leadId()))
      throw new IllegalStateException("Meeting " + meeting.id() + " is not with lead " + input.leadId());
    Text text = texts.get(input.purpose());
    if (text == null) throw new IllegalStateException("rules/draft-meeting.yaml has no text “%s”".formatted(input.purpose()));
    String id = "%s-%s-%d".formatted(meeting.id(), input.purpose(), meeting.sequence());
    Lead lead = leads.get(meeting.leadId()).reworded(guard::cleaned);
    Host host = hosts.get(meeting.host());
    var values = values(meeting, lead, host);
    int number = drafts.findById(id).map(known -> known.emails().getFirst().number()).orElseGet(() -> next(lead.id()));
    var email = rules.answer(() -> new Email(
        number, "PT0S", subject(text, lead.id(), values), filled(text.body(), values), List.of(),
        attachments(input.purpose(), meeting, lead, host)));
    drafts.save(new Draft(
        id, lead.id(), Campaign.MEETING, attempt(input), List.of(email), null, null, Answer.Source.RULES, clock.instant()));
    timeline.record(
        STEP + ":" + id, lead.id(), STEP, Actor.RULES, "rules", "Drafted a mail about the meeting",
        List.of("E-mail %d: %s".formatted(number, email.subject())));
    return new Result(new Summary(
        id, Campaign.MEETING.word(), Answer.Source.RULES, attempt(input),
        List.of(new Touch(number, "PT0S", "email", input.purpose())), 0));
  }

  /** Counted on from the meeting mails there are, so that no two share a touch. */
  private int next(String leadId) {
    return 1 + drafts.findByLeadIdOrderByWrittenAt(leadId).stream()
        .filter(draft -> draft.campaign() == Campaign.MEETING)
        .flatMap(draft -> draft.emails().stream()).mapToInt(Email::number).max().orElse(0);
  }

  private String subject(Text text, String leadId, Map<String, String> values) {
    String own = filled(text.subject(), values);
    if (!text.thread()) return own;
    return Conversation.of(leadId, channels).said().stream()
        .map(Correspondence.Said::subject)
        .filter(subject -> subject != null && !subject.isBlank())
        .findFirst()
        .map(subject -> "Re: " + subject.replaceFirst("(?i)^re:\\s*", ""))
        .orElse(own);
  }

  private List<Attachment> attachments(String purpose, Meeting meeting, Lead lead, Host host) {
    return switch (purpose) {
      case "invitation", "moved" -> List.of(Invitation.request(meeting, lead, host, sender, clock.instant()));
      case "cancellation" -> List.of(Invitation.cancel(meeting, lead, host, sender, clock.instant()));
      default -> List.of();
    };
  }

  private Map<String, String> values(Meeting meeting, Lead lead, Host host) {
    var values = new HashMap<String, String>();
    values.put("greeting", FirstName.of(lead.name()).map(name -> "Hi " + name + ",").orElse("Hello,"));
    values.put("company", CompanyName.spoken(lead.company()));
    values.put("host", host.name());
    values.put("minutes", Integer.toString(meeting.minutes()));
    values.put("zone", Times.zoneInWords(meeting.zone()));
    values.put("slots", meeting.proposed().stream().map(start -> "- " + Times.dayAndTime(start, meeting.zone()))
        .collect(Collectors.joining("\n")));
    values.put("time", meeting.start() == null ? "" : Times.inWords(meeting.start(), meeting.zone()));
    values.put("until", Times.dayAndTime(meeting.heldUntil(), meeting.zone()));
    values.put("link", links.of(meeting).toString());
    values.put("place", host.location() == null || host.location().isBlank() ? "" : "We meet here: " + host.location());
    values.put("signature", "Best regards\n%s\n%s, %s".formatted(sender.name(), sender.jobTitle(), sender.company()));
    return values;
  }

  private static String filled(String text, Map<String, String> values) {
    String filled = text;
    for (var value : values.entrySet()) filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
    return filled.replaceAll("\n{3,}", "\n\n").strip();
  }

  private static int attempt(Input input) {
    return input.attempt() == null || input.attempt() < 1 ? 1 : input.attempt();
  }

  /** @param purpose proposal, again, missed, invitation, moved, cancellation or reminder */
  record Input(String leadId, String meetingId, String purpose, Integer attempt) {}

  record Result(Summary draft) {}

  record Summary(String id, String campaign, Answer.Source source, int attempt, List<Touch> touches, int tainted) {}

  record Touch(int number, String after, String channel, String purpose) {}
}
