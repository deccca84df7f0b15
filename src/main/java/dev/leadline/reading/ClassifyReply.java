package dev.leadline.reading;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Thinking step: what is this reply? What follows from it is the table's. */
@Component
public class ClassifyReply {

  static final String STEP = "classify-reply";

  private static final int LONGEST = 8_000;
  /** A class of the rules that a model has to agree with, or a person looks. */
  private static final int SURE = 70;
  private static final int DISPUTED = 50;

  private final Inbound inbound;
  private final UnderstoodReplies understood;
  private final ReplyRules rules;
  private final Languages languages;
  private final InjectionGuard guard;
  private final ReplyReader reader;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  ClassifyReply(
      Inbound inbound, UnderstoodReplies understood, ReplyRules rules, Languages languages,
      InjectionGuard guard, Agents agents, Timeline timeline, Clock clock) {
    this.inbound = inbound;
    this.understood = understood;
    this.rules = rules;
    this.languages = languages;
    this.guard = guard;
    this.reader = agents.create(STEP, ReplyReader.class);
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Received reply = inbound.get(input.messageId());
    var read = guard.read(reply.subject() + "\n" + reply.text());
    Classified byRules = byRules(reply);
    // No model is asked what a machine said.
    Answer<Classified> answer = reply.machine()
        ? Answer.byRules(byRules)
        : agents.ask(STEP, input.leadId(), jobKey, () -> weighed(ask(reply), byRules), () -> byRules);
    List<String> taints = read.tainted() ? List.of(read.taint()) : List.of();
    if (!taints.isEmpty() && !answer.value().optOut())
      answer = new Answer<>(
          answer.value().sure(Math.min(answer.value().confidence(), DISPUTED)), answer.source(), answer.by(),
          answer.note());
    understood.save(new UnderstoodReply(
        reply.id(), input.leadId(), answer.value(), taints, answer.source(), clock.instant()));
    tell(input.leadId(), answer, taints, jobKey);
    return new Result(Summary.of(answer, taints));
  }

  /** What speaks to machines does not count for the class, but whoever asks to be left alone is heard in all words. */
  private Classified byRules(Received reply) {
    Classified whole = rules.classify(reply);
    String text = guard.cleaned(reply.text());
    return text.equals(reply.text()) ? whole : rules.classify(reply, text, whole.optOut());
  }

  private Classified ask(Received reply) {
    LocalDate today = LocalDate.ofInstant(reply.at(), ZoneOffset.UTC);
    return reader
        .read(
            "%s, %s".formatted(today.getDayOfWeek(), today), harmless(reply.subject()), harmless(reply.text()))
        .provenBy(reply, today, languages.of(reply.text()).orElse(null));
  }

  private String harmless(String text) {
    return ForeignText.harmless(ForeignText.start(guard.cleaned(text), LONGEST));
  }

  /**
   * The model's reading, beside the rules': either may hear that they want to be left alone, days and addresses that the
   * model did not see are taken from the rules, and where both are sure of different things a person looks.
   */
  private static Classified weighed(Classified model, Classified rules) {
    boolean optOut = model.optOut() || rules.optOut();
    boolean agreed = model.kind() == rules.kind();
    ReplyClass kind = rules.optOut() && !model.optOut() ? rules.kind() : model.kind();
    int confidence = agreed || rules.confidence() < SURE || optOut
        ? model.confidence()
        : Math.min(model.confidence(), DISPUTED);
    if (rules.optOut() && !model.optOut()) confidence = rules.confidence();
    return new Classified(
        kind, confidence, optOut, model.quote() == null ? rules.quote() : model.quote(),
        model.until() == null && agreed ? rules.until() : model.until(),
        model.referred() == null && agreed ? rules.referred() : model.referred(), model.language());
  }

  private void tell(String leadId, Answer<Classified> answer, List<String> taints, long jobKey) {
    Classified says = answer.value();
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    if (says.quote() != null) details.add("“%s”".formatted(says.quote()));
    if (says.optOut()) details.add("They ask to be left alone.");
    if (says.until() != null) details.add("Until " + says.until());
    if (says.referred() != null) details.add("They refer to somebody else.");
    taints.forEach(taint -> details.add("Read with care, the reply speaks to machines: %s.".formatted(taint)));
    timeline.record(
        STEP + "-" + jobKey, leadId, STEP, Actor.valueOf(answer.source().name()), answer.by(),
        "Read the reply as “%s”, with %d of 100.".formatted(says.kind().word().replace('_', ' '), says.confidence()),
        details);
  }

  record Input(String leadId, String messageId) {}

  record Result(Summary reply) {}

  /**
   * What the table reply-routing reads; who is named stays in the database.
   *
   * @param until ISO 8601 date, or null
   * @param refers address, name or none: how much of somebody else is named
   * @param tainted how much in it speaks to machines
   */
  record Summary(
      @JsonProperty("class") ReplyClass kind, int confidence, boolean optOut, LocalDate until, String refers,
      String language, int tainted, Answer.Source source) {

    static Summary of(Answer<Classified> answer, List<String> taints) {
      Classified says = answer.value();
      String refers = says.referred() == null ? "none" : says.referred().address() == null ? "name" : "address";
      return new Summary(
          says.kind(), says.confidence(), says.optOut(), says.until(), refers, says.language(), taints.size(),
          answer.source());
    }
  }
}
