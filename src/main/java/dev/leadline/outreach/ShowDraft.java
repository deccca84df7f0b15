package dev.leadline.outreach;

import dev.leadline.knowledge.Knowledge;
import dev.leadline.knowledge.Section;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead.Tier;
import dev.leadline.lead.Leads;
import dev.leadline.plan.Plan;
import dev.leadline.plan.Plans;
import dev.leadline.qualify.Assessment;
import dev.leadline.qualify.Assessments;
import dev.leadline.reading.Inbound;
import dev.leadline.reading.Received;
import dev.leadline.reading.ReplyClass;
import dev.leadline.reading.UnderstoodReplies;
import dev.leadline.reading.UnderstoodReply;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import dev.leadline.timeline.Happening;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Start listener of the task ReviewDrafts: the draft beside its evidence, local to the reviewer's task. */
@Component
public class ShowDraft {

  private final Leads leads;
  private final Dossiers dossiers;
  private final Assessments assessments;
  private final Plans plans;
  private final Drafts drafts;
  private final Knowledge knowledge;
  private final Inbound inbound;
  private final UnderstoodReplies understood;
  private final ApplicationEventPublisher told;
  private final Clock clock;

  ShowDraft(
      Leads leads, Dossiers dossiers, Assessments assessments, Plans plans, Drafts drafts, Knowledge knowledge,
      Inbound inbound, UnderstoodReplies understood, ApplicationEventPublisher told, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.plans = plans;
    this.drafts = drafts;
    this.knowledge = knowledge;
    this.inbound = inbound;
    this.understood = understood;
    this.told = told;
    this.clock = clock;
  }

  @JobWorker(type = "show-draft")
  public Result handle(@VariablesAsType Input input) {
    Draft draft = drafts.get(input.draftId());
    Lead lead = leads.change(input.leadId(), known ->
        // Who has answered, meets us or is done with stays so while an answer to them is read.
        known.stage().compareTo(Stage.ANSWERED) < 0 ? known.withStage(Stage.WAITING_FOR_PERSON) : known);
    told.publishEvent(new Happening("draft.waiting", "show-draft:" + draft.id(), lead.id(), null, clock.instant()));
    Dossier dossier = dossiers.get(lead.id());
    var assessment = assessments.findById(lead.id());
    var plan = plans.of(lead.id(), draft.campaign().word());
    return new Result(
        new Shown(lead.name(), lead.jobTitle(), lead.company(), lead.email()),
        new Score(lead.score(), lead.tier()),
        draft.campaign().word(),
        new ShownPlan(
            plan.map(Plan::approach).orElse(""),
            plan.map(Plan::why).orElse(""),
            inOrder(input.draft()),
            assessment.map(Assessment::engagement).orElse("")),
        points(plan, assessment, dossier),
        problems(draft),
        Stream.concat(cited(draft).map(section -> Evidence.of(section)), evidence(draft, dossier).stream()).toList(),
        answered(draft),
        draft.emails().stream().map(ShowDraft::shown).toList());
  }

  private Stream<Section> cited(Draft draft) {
    return draft.emails().stream().flatMap(email -> email.facts().stream()).flatMap(id -> knowledge.cited(id).stream());
  }

  /** The message that it answers, and what in it is for a person; null for a campaign. */
  private Answered answered(Draft draft) {
    if (draft.answers() == null) return null;
    Received message = inbound.get(draft.answers());
    var says = understood.findById(draft.answers()).map(UnderstoodReply::says);
    String byPerson = cited(draft).filter(Section::byPerson).map(Section::title).collect(Collectors.joining(", "));
    boolean nothing = cited(draft).findAny().isEmpty() && says.filter(one -> one.kind() == ReplyClass.QUESTION).isPresent();
    return new Answered(
        message.subject(), message.text(), says.map(one -> one.kind().word().replace('_', ' ')).orElse(""),
        nothing ? "Nothing in the knowledge base answers this." : byPerson.isEmpty() ? "" : "Only a person may answer: " + byPerson + ".");
  }

  /** What the claim check found, and where the dossier speaks to machines. */
  private static List<String> problems(Draft draft) {
    return Stream.concat(
            draft.problems() == null ? Stream.of() : draft.problems().stream(),
            draft.taints().stream().map("Read with care, a source speaks to machines. %s."::formatted))
        .toList();
  }

  /** All touches in one line, with those that a person makes. */
  private static String inOrder(Drafting.Summary draft) {
    return draft == null || draft.touches() == null
        ? ""
        : draft.touches().stream().map(ShowDraft::inWords).collect(Collectors.joining(" · "));
  }

  private static String inWords(Drafting.Touch touch) {
    String what = switch (touch.channel() == null ? "email" : touch.channel()) {
      case "linkedin" -> "LinkedIn, by a person";
      case "call" -> "call, by a person";
      default -> "e-mail %d".formatted(touch.number());
    };
    return what + " " + Waits.inWords(touch.after());
  }

  /** The plan's points, else all there are, each with the words that prove it. */
  private static List<Point> points(Optional<Plan> plan, Optional<Assessment> assessment, Dossier dossier) {
    return plan.map(Plan::points).or(() -> assessment.map(Assessment::talkingPoints)).orElse(List.of()).stream()
        .map(point -> new Point(point.text(), dossier.quotes(point.facts())))
        .toList();
  }

  /** What the e-mails rest on first, then the rest of the dossier. */
  private static List<Evidence> evidence(Draft draft, Dossier dossier) {
    var cited = draft.emails().stream().flatMap(email -> email.facts().stream()).distinct().toList();
    return Stream.concat(
            cited.stream().flatMap(id -> dossier.fact(id).stream()),
            dossier.facts().stream().filter(fact -> !cited.contains(fact.id())))
        .map(Evidence::of)
        .toList();
  }

  private static ShownEmail shown(Email email) {
    return new ShownEmail(email.number(), email.after(), email.subject(), email.body(), attached(email));
  }

  private static String attached(Email email) {
    return email.attachments().stream()
        .map(file -> "%s (%s)\n%s".formatted(file.name(), file.mediaType(), file.text().strip()))
        .collect(Collectors.joining("\n\n"));
  }

  /** @param draft what the journey knows of it; null in diagrams that name it otherwise */
  record Input(String leadId, String draftId, Drafting.Summary draft) {}

  /** The variables of the form review-drafts. */
  record Result(
      Shown lead, Score score, String campaign, ShownPlan plan, List<Point> points, List<String> problems,
      List<Evidence> evidence, Answered answered, List<ShownEmail> emails) {}

  /** @param open what a person has to answer, in words; empty when nothing */
  record Answered(String subject, String text, String says, String open) {}

  record Shown(String name, String jobTitle, String company, String email) {}

  record Score(Integer points, Tier tier) {}

  /** Empty texts where nothing is known. */
  record ShownPlan(String approach, String why, String touches, String engagement) {}

  record Point(String text, String quotes) {}

  record Evidence(String text, String source, String date, String quote) {
    static Evidence of(Section section) {
      return new Evidence(section.title(), section.citation(), "", section.text());
    }

    static Evidence of(Fact fact) {
      return new Evidence(fact.text(), fact.source(), fact.date().toString(), fact.quote());
    }
  }

  /** @param attachments name, media type and text of each; empty when there are none */
  record ShownEmail(int number, String after, String subject, String body, String attachments) {}
}
