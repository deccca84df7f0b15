package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.GrowthCase;
import dev.leadline.growth.Analysed;
import dev.leadline.research.Researched;
import java.util.List;
import java.util.Map;

/** Market, competition and potential, against what a careful reader of the same pages would say. */
final class AnalyseGrowthExam implements Exam {

  private static final List<String> QUESTIONS = List.of("market", "competition", "potential");

  @Override
  public String step() {
    return "analyse-growth";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    var cases = Corpus.growth();
    for (var lead : Corpus.leads()) {
      lead.register(steps);
      mark(lead.id(), lead.heldOut(), cases.leads().get(lead.id()), steps, sheet);
    }
    for (GrowthCase one : cases.cases()) {
      steps.register(
          one.id(), "A Visitor", one.company(), "https://" + one.host(), one.title(), "Website form", one.text());
      mark(one.id(), one.heldOut(), one.truth(), steps, sheet);
    }
  }

  private static void mark(String id, boolean heldOut, List<String> truth, ThinkingSteps steps, Sheet sheet) {
    Researched.by(steps, id);
    Map<String, String> answers = sheet.timed(() -> Analysed.by(steps, id)).answers();
    for (int i = 0; i < QUESTIONS.size(); i++) {
      String question = QUESTIONS.get(i);
      String right = truth.get(i);
      String got = answers.get(question);
      String wrong = "%s: %s, not %s".formatted(question, right, got);
      sheet.mark(question, id, heldOut, right.equals(got), wrong);
      if (!got.equals("unknown"))
        sheet.mark("answers given are right", id + " " + question, heldOut, right.equals(got), wrong);
      if (!right.equals("unknown"))
        sheet.mark("what can be known is found", id + " " + question, heldOut, right.equals(got), wrong);
      if (question.equals("market")) sheet.confused(right, got);
    }
  }
}
