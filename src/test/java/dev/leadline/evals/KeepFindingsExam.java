package dev.leadline.evals;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Passage;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is kept of what an agent's tools have read, against what a careful reader would keep. */
final class KeepFindingsExam implements Exam {

  /** @param keep words by kind of fact */
  private record Findings(
      String id, String company, List<Page> passages, Map<String, List<String>> keep, List<String> others,
      boolean heldOut) {}

  private record Page(String source, String text) {}

  @Override
  public String step() {
    return "keep-findings";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    for (Findings truth : Corpus.read("findings", new TypeReference<List<Findings>>() {})) {
      steps.register(truth.id(), "A Visitor", truth.company(), null, "Visitor", "Other", null);
      List<Passage> read = truth.passages().stream().map(page -> Passage.of(page.source(), page.text())).toList();
      List<Fact> kept = sheet.timed(() -> Researched.keeping(steps, truth.id(), read)).facts();
      truth.keep().forEach((kind, all) -> all.forEach(words -> {
        var facts = kept.stream().filter(fact -> holds(fact.quote(), words)).toList();
        String id = truth.id() + " " + words;
        String wrong = "%s (%s), not in %s".formatted(words, kind, kept);
        sheet.mark("what is worth knowing is kept", id, truth.heldOut(), !facts.isEmpty(), wrong);
        if (facts.isEmpty()) return;
        // The same sentence may say the industry as well.
        var kinds = facts.stream().map(Fact::kind).filter(other -> !other.equals("industry")).toList();
        sheet.mark("of the right kind", id, truth.heldOut(), kinds.contains(kind), wrong);
        sheet.confused(kind, kinds.contains(kind) ? kind : kinds.isEmpty() ? "none" : kinds.getFirst());
      }));
      List<String> others = truth.others() == null ? List.of() : truth.others();
      var ofOthers = kept.stream().filter(fact -> others.contains(fact.source())).toList();
      if (!others.isEmpty())
        sheet.mark("others are left out", truth.id(), truth.heldOut(), ofOthers.isEmpty(), ofOthers.toString());
    }
  }

  private static boolean holds(String text, String words) {
    return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
