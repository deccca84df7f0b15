package dev.leadline.qualify;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.qualify.Reading.Evidence;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Thinking step: what does the dossier say on the six questions of the score table? The number is the table's. */
@Component
public class AssessLead {

  static final String STEP = "assess-lead";

  private final Dossiers dossiers;
  private final Assessments assessments;
  private final ReadingByRules rules;
  private final TargetProfile target;
  private final DossierReader reader;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  AssessLead(
      Dossiers dossiers, Assessments assessments, ReadingByRules rules, TargetProfile target, Agents agents,
      Timeline timeline, Clock clock) {
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.rules = rules;
    this.target = target;
    this.reader = agents.create(STEP, DossierReader.class);
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Dossier dossier = dossiers.get(input.leadId());
    Reading byRules = rules.read(dossier);
    Answer<Reading> answer =
        agents.ask(STEP, input.leadId(), jobKey, () -> ask(dossier).orWordsOf(byRules), () -> byRules);
    if (answer.value().abstains() && !byRules.abstains())
      answer = Answer.byRules(byRules, "The model did not dare to judge; rules answered.");
    Reading reading = answer.value();
    assessments.save(new Assessment(
        input.leadId(), reading.answersInWords(), evidence(reading), reading.abstains(), reading.reasoning(),
        reading.engagement(), reading.talkingPoints(), answer.source(), clock.instant()));
    tell(dossier, answer, jobKey);
    return new Result(Summary.of(answer));
  }

  private Reading ask(Dossier dossier) {
    return reader
        .read(String.join(", ", target.industries()), String.join(", ", target.neighbours()), dossier.asData())
        .provenBy(dossier);
  }

  private static Map<String, List<String>> evidence(Reading reading) {
    return reading.evidence().stream()
        .collect(Collectors.toMap(Evidence::question, Evidence::facts, (first, second) -> first, LinkedHashMap::new));
  }

  private void tell(Dossier dossier, Answer<Reading> answer, long jobKey) {
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    var evidence = evidence(answer.value());
    answer.value().answersInWords().forEach((question, word) -> {
      String because = dossier.quotes(evidence.getOrDefault(question, List.of()));
      details.add(label(question) + ": " + word + (because.isEmpty() ? "" : " – " + because));
    });
    if (answer.value().engagement() != null) details.add("How to engage: " + answer.value().engagement());
    timeline.record(
        STEP + "-" + jobKey, dossier.leadId(), STEP, Actor.valueOf(answer.source().name()), answer.by(),
        answer.value().abstains() ? "Too little is known to judge this lead." : "Read the dossier for the score.",
        details);
  }

  /** industryFit is "Industry fit" for a reader. */
  private static String label(String question) {
    String words = question.replaceAll("(?=\\p{Lu})", " ").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  record Input(String leadId) {}

  record Result(Summary assessment) {}

  /** What the tables lead-score and lead-routing read. */
  record Summary(
      String industryFit, String seniority, String need, String budget, String urgency, String authority,
      boolean abstained, Answer.Source source) {

    static Summary of(Answer<Reading> answer) {
      Reading reading = answer.value();
      return new Summary(
          Reading.word(reading.industryFit()), Reading.word(reading.seniority()), Reading.word(reading.need()),
          Reading.word(reading.budget()), Reading.word(reading.urgency()), Reading.word(reading.authority()),
          reading.abstains(), answer.source());
    }
  }
}
