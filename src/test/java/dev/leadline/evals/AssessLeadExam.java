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

/**
 * The six facts against what is true, and against a person's judgement what the tables make of them: the tier, and the
 * band, which is what is done with the lead.
 */
final class AssessLeadExam implements Exam {

  private static final List<String> QUESTIONS =
      List.of("industryFit", "seniority", "need", "budget", "urgency", "authority");
  private static final String CANNOT_SAY = "?";
  /** What a person would do with a lead of this band, in the words of the table lead-routing. */
  private static final Map<String, String> ROUTES =
      Map.of("A", "outreach", "B", "outreach", "C", "nurture", "D", "close", CANNOT_SAY, "person");
  private static final Decision SCORE = Decision.named("lead-score");
  private static final Decision ROUTING = Decision.named("lead-routing");

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
      judged(lead, assessment, score, sheet);
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

  private static void judged(LeadCase lead, Assessment assessment, Map<String, Object> score, Sheet sheet) {
    Map<String, Object> answers = new HashMap<>(assessment.answers());
    answers.put("abstained", assessment.abstained());
    String route = ROUTING.answer(Map.of("assessment", answers, "score", score)).get("route").toString();
    String tier = assessment.abstained() ? CANNOT_SAY : score.get("tier").toString();
    String wrong = "%s, not %s by %s (%s points: %s)".formatted(
        lead.band(), tier, route, score.get("points"), assessment.answers().values());
    boolean right = ROUTES.get(lead.band()).equals(route);
    sheet.mark("band", lead.id(), lead.heldOut(), right, wrong);
    if (lead.hard()) sheet.mark("band of hard leads", lead.id(), lead.heldOut(), right, wrong);
    sheet.mark("tier", lead.id(), lead.heldOut(), lead.band().equals(tier), wrong);
    sheet.mark(
        "abstains when a person would", lead.id(), lead.heldOut(),
        assessment.abstained() == lead.band().equals(CANNOT_SAY), wrong);
    sheet.confused(lead.band(), tier);
    long known = assessment.answers().values().stream().filter(answer -> !answer.equals("unknown")).count();
    sheet.sure(known / 6.0, right);
  }
}
