package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.LeadCase;
import dev.leadline.journey.Decision;
import dev.leadline.qualify.Assessed;
import dev.leadline.qualify.Assessment;
import dev.leadline.research.Researched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The six facts, and the tier that the table makes of them, against a person's judgement. */
final class AssessLeadExam implements Exam {

  private static final List<String> QUESTIONS =
      List.of("industryFit", "seniority", "need", "budget", "urgency", "authority");
  private static final String CANNOT_SAY = "?";
  private static final Decision SCORE = Decision.named("lead-score");

  @Override
  public String step() {
    return "assess-lead";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    var points = new HashMap<String, Integer>();
    var heldOut = new HashMap<String, Boolean>();
    for (LeadCase lead : Corpus.leads()) {
      lead.register(steps);
      Researched.by(steps, lead.id());
      Assessment assessment = sheet.timed(() -> Assessed.by(steps, lead.id()));
      Map<String, Object> score = SCORE.answer(Map.of("assessment", assessment.answers()));
      points.put(lead.id(), ((Number) score.get("points")).intValue());
      heldOut.put(lead.id(), lead.heldOut());
      facts(lead, assessment, sheet);
      band(lead, assessment, score, sheet);
    }
    for (List<String> pair : Corpus.pairs()) {
      String first = pair.get(0);
      String second = pair.get(1);
      sheet.mark(
          "ordered pairs", first + ">" + second, heldOut.get(first) || heldOut.get(second),
          points.get(first) > points.get(second), "%s has %d points, %s has %d"
              .formatted(first, points.get(first), second, points.get(second)));
    }
  }

  private static void facts(LeadCase lead, Assessment assessment, Sheet sheet) {
    for (int i = 0; i < QUESTIONS.size(); i++) {
      String question = QUESTIONS.get(i);
      String truth = lead.truth().get(i);
      String got = assessment.answers().get(question);
      String wrong = "%s: %s, not %s".formatted(question, truth, got);
      sheet.mark(question, lead.id(), lead.heldOut(), truth.equals(got), wrong);
      sheet.mark("all six facts", lead.id() + " " + question, lead.heldOut(), truth.equals(got), wrong);
      if (!got.equals("unknown"))
        sheet.mark("answers given are right", lead.id() + " " + question, lead.heldOut(), truth.equals(got), wrong);
    }
  }

  private static void band(LeadCase lead, Assessment assessment, Map<String, Object> score, Sheet sheet) {
    String got = assessment.abstained() ? CANNOT_SAY : score.get("tier").toString();
    boolean right = lead.band().equals(got);
    String wrong = "%s, not %s (%s points: %s)".formatted(
        lead.band(), got, score.get("points"), assessment.answers().values());
    sheet.mark("band", lead.id(), lead.heldOut(), right, wrong);
    if (lead.hard()) sheet.mark("band of hard leads", lead.id(), lead.heldOut(), right, wrong);
    sheet.mark(
        "abstains when a person would", lead.id(), lead.heldOut(),
        assessment.abstained() == lead.band().equals(CANNOT_SAY), wrong);
    sheet.confused(lead.band(), got);
    long known = assessment.answers().values().stream().filter(answer -> !answer.equals("unknown")).count();
    sheet.sure(known / 6.0, right);
  }
}
