package dev.leadline.outreach;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.knowledge.Knowledge;
import dev.leadline.knowledge.Section;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Ground.Grounds;
import dev.leadline.plan.Touches;
import dev.leadline.reading.Classified;
import dev.leadline.reading.Inbound;
import dev.leadline.reading.Received;
import dev.leadline.reading.ReplyClass;
import dev.leadline.reading.ReplyRules;
import dev.leadline.reading.UnderstoodReplies;
import dev.leadline.reading.UnderstoodReply;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Thinking step: the answer to one message, grounded in the knowledge base; price and contract are for a person. */
@Component
public class DraftReply {

  private static final String STEP = "draft-reply";
  private static final Campaign CAMPAIGN = Campaign.REPLY;
  private static final int MOST_SECTIONS = 3;
  private static final int LONGEST_REPLY = 8_000;
  /** A subject of theirs that is longer is not taken up. */
  private static final int LONGEST_SUBJECT = 80;
  private static final String PRICES = "pricing#prices";

  private final Inbound inbound;
  private final ObjectProvider<HeldTimes> heldTimes;
  private final UnderstoodReplies understood;
  private final ReplyRules replyRules;
  private final Knowledge knowledge;
  private final Grounds grounds;
  private final List<Correspondence> channels;
  private final Drafts drafts;
  private final SenderProfile sender;
  private final ReplyTexts texts;
  private final Materials materials;
  private final Drafting drafting;
  private final InjectionGuard guard;
  private final ReplyWriter writer;
  private final Agents agents;

  DraftReply(
      Inbound inbound, ObjectProvider<HeldTimes> heldTimes, UnderstoodReplies understood,
      ReplyRules replyRules, Knowledge knowledge, Grounds grounds, List<Correspondence> channels, Drafts drafts,
      SenderProfile sender, ReplyTexts texts, Materials materials, Drafting drafting, InjectionGuard guard,
      Agents agents) {
    this.inbound = inbound;
    this.heldTimes = heldTimes;
    this.understood = understood;
    this.replyRules = replyRules;
    this.knowledge = knowledge;
    this.grounds = grounds;
    this.channels = channels;
    this.drafts = drafts;
    this.sender = sender;
    this.texts = texts;
    this.materials = materials;
    this.drafting = drafting;
    this.guard = guard;
    this.writer = agents.create(STEP, ReplyWriter.class);
    this.agents = agents;
  }

  /**
   * What is answered, and with what.
   *
   * @param text their words without what speaks to machines
   * @param sections what the knowledge base says about it, in the language of the answer
   * @param times that are held for them
   */
  private record Question(
      Received received, Classified says, String text, String language, List<Section> sections,
      List<ZonedDateTime> times) {

    /** What may be said in an answer. */
    List<Section> answers() {
      return sections.stream().filter(section -> !section.byPerson()).limit(2).toList();
    }

    List<Section> byPerson() {
      return sections.stream().filter(Section::byPerson).toList();
    }

    String timesInWords() {
      return ReplyTexts.times(times, language);
    }
  }

  @JobWorker(type = STEP)
  public Drafting.Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    int attempt = Drafting.attempt(input.attempt());
    Ground ground = grounds.of(input.leadId(), CAMPAIGN);
    Conversation conversation = Conversation.of(input.leadId(), channels);
    Received received = inbound.get(input.replyId());
    Question question = question(received);
    List<String> problems = attempt == 1 ? List.of() : drafting.problems(id(input, attempt - 1));
    Material material = material(ground, question, problems);
    int number = number(input, conversation);
    String subject = subject(received, conversation);
    Answer<List<Email>> emails = agents.ask(
        STEP, input.leadId(), jobKey,
        () -> List.of(byModel(question, ground, conversation, problems, material, number, subject)),
        () -> List.of(byRules(question, material, number, subject)));
    return drafting.save(
        id(input, attempt), received.id(), taints(ground, received), STEP, input.leadId(), CAMPAIGN, attempt, emails,
        List.of(new Touches.Touch(Touches.EMAIL, "PT0S", CAMPAIGN.word())), jobKey);
  }

  private List<String> taints(Ground ground, Received received) {
    var read = guard.read(received.subject() + "\n" + received.text());
    return Stream.concat(
            read.tainted() ? Stream.of("Their message: " + read.taint()) : Stream.of(),
            ground.dossier().taints().stream())
        .toList();
  }

  private Question question(Received received) {
    Classified says = understood.findById(received.id()).map(UnderstoodReply::says)
        .orElseGet(() -> replyRules.classify(received));
    String text = guard.cleaned(received.text());
    String spoken = texts.spoken(says.language());
    List<Section> found = sections(says.kind(), text, spoken);
    boolean said = found.stream().filter(section -> !section.byPerson())
        .allMatch(section -> section.language().equals(spoken)) && texts.says("answers", spoken, says.kind());
    // An answer in one language is better than half of one in theirs.
    String language = said || found.stream().allMatch(Section::byPerson) ? spoken : ReplyTexts.ENGLISH;
    if (!language.equals(spoken)) found = sections(says.kind(), text, language);
    List<ZonedDateTime> times = heldTimes.stream().flatMap(held -> held.of(received.leadId()).stream()).toList();
    return new Question(received, says, text, language, found, times);
  }

  private List<Section> sections(ReplyClass kind, String text, String language) {
    return switch (kind) {
      case QUESTION, OBJECTION, INTERESTED, MEETING_REQUEST -> knowledge.find(text, language, MOST_SECTIONS);
      case PRICING -> Stream.concat(
              knowledge.section(PRICES, language).stream(),
              knowledge.find(text, language, MOST_SECTIONS).stream().filter(section -> !section.id().equals(PRICES)))
          .toList();
      default -> List.of();
    };
  }

  private Material material(Ground ground, Question question, List<String> problems) {
    Material base = materials.of(ground, problems);
    var values = new HashMap<>(base.values());
    if (!question.answers().isEmpty())
      values.put("answers", question.answers().stream().map(Section::text).collect(Collectors.joining("\n\n")));
    if (!question.byPerson().isEmpty()) values.put("person", "yes");
    if (question.sections().isEmpty()) values.put("open", "yes");
    if (!question.times().isEmpty()) values.put("times", question.timesInWords());
    LocalDate until = question.says().until();
    if (until != null) values.put("until", ReplyTexts.day(until, question.language()));
    return new Material(values, Map.of());
  }

  private Email byRules(Question question, Material material, int number, String subject) {
    String body = texts.write(question.language(), question.says().kind(), material);
    return new Email(number, "PT0S", subject, body, citations(question.sections()));
  }

  private Email byModel(
      Question question, Ground ground, Conversation conversation, List<String> problems, Material material,
      int number, String subject) {
    var written = writer.write(
        sender.company(), sender.asText(), knowledgeAsData(question), ground.leadAsData(), ground.dossier().asData(),
        conversation.asData(), ForeignText.harmless(ForeignText.start(question.text(), LONGEST_REPLY)),
        question.says().kind().word(), Locale.of(question.language()).getDisplayLanguage(Locale.ENGLISH),
        question.times().isEmpty() ? "none" : question.timesInWords(),
        problems.isEmpty() ? "none" : ForeignText.harmless(String.join("\n", problems)));
    // Whatever a person has to answer is shown to the reviewer, cited by the model or not.
    List<Section> cited = question.sections().stream()
        .filter(section -> section.byPerson() || written.citations().contains(section.id())).toList();
    return new Email(
        number, "PT0S", subject, texts.framed(written.body(), question.language(), material), citations(cited));
  }

  private static List<String> citations(List<Section> sections) {
    return sections.stream().map(Section::citation).toList();
  }

  private static String knowledgeAsData(Question question) {
    return question.sections().isEmpty()
        ? "nothing about this"
        : question.sections().stream()
            .map(section -> "%s%s\n%s: %s".formatted(
                section.id(), section.byPerson() ? ", by a person" : "", section.title(), section.text()))
            .collect(Collectors.joining("\n\n"));
  }

  /** Counted on from all that was sent and drafted, so that two answers never share a touch; the same one again keeps its own. */
  private int number(Input input, Conversation conversation) {
    List<Draft> answers = drafts.findByLeadIdOrderByWrittenAt(input.leadId()).stream()
        .filter(draft -> draft.campaign() == CAMPAIGN).toList();
    return answers.stream().filter(draft -> input.replyId().equals(draft.answers())).findFirst()
        .map(draft -> draft.emails().getFirst().number())
        .orElseGet(() -> 1 + Math.max(
            conversation.mails(),
            answers.stream().flatMap(draft -> draft.emails().stream()).mapToInt(Email::number).max().orElse(0)));
  }

  /** Ours, come back; theirs only if it speaks to nobody but people. */
  private String subject(Received received, Conversation conversation) {
    return conversation.subject().orElseGet(() -> {
      String theirs = received.subject().strip().replaceFirst("(?i)^((re|aw|antw|r|sv)\\s*:\\s*)+", "");
      boolean usable = !theirs.isBlank() && theirs.length() <= LONGEST_SUBJECT && guard.sign(theirs).isEmpty();
      return "Re: " + (usable ? theirs : "Your message");
    });
  }

  private static String id(Input input, int attempt) {
    return "%s-%s-%s-%d".formatted(input.leadId(), CAMPAIGN.word(), input.replyId(), attempt);
  }

  /**
   * @param replyId the message that is answered
   * @param attempt 2 after the claim check sent the first draft back; null is 1
   */
  record Input(String leadId, String replyId, Integer attempt) {}
}
