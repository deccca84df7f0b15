package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.CompanyCase;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.util.List;
import java.util.Locale;

/** What was found on a company's pages, against what is there to be found. */
final class ResearchLeadExam implements Exam {

  @Override
  public String step() {
    return "research-lead";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    for (CompanyCase company : Corpus.companies()) {
      String id = company.id();
      steps.register(id, "A Visitor", company.name(), "https://" + company.host(), "Visitor", "Other", null);
      Dossier dossier = sheet.timed(() -> Researched.by(steps, id));
      var truth = company.truth();
      boolean heldOut = company.heldOut();

      String industry = dossier.first("industry").map(Fact::text).orElse("none");
      String expected = truth.industry() == null ? "none" : truth.industry();
      sheet.mark("industry", id, heldOut, expected.equals(industry), "%s, not %s".formatted(expected, industry));
      sheet.confused(expected, industry);

      List<Fact> sizes = of(dossier, "size");
      sheet.mark(
          "size", id, heldOut,
          truth.size() == null ? sizes.isEmpty() : sizes.stream().anyMatch(fact -> says(fact, truth.size())),
          "%s, not %s".formatted(truth.size(), quotes(sizes)));

      List<Fact> pains = of(dossier, "pain");
      found(truth.pains(), pains, "pains found", id, heldOut, sheet);
      long right = pains.stream().filter(fact -> truth.pains().stream().anyMatch(pain -> says(fact, pain))).count();
      sheet.mark("pains are real", id, heldOut, right, pains.size(), "no pain of theirs: " + quotes(pains));
      found(truth.products(), of(dossier, "product"), "products found", id, heldOut, sheet);
    }
  }

  private static void found(
      List<String> truth, List<Fact> facts, String figure, String id, boolean heldOut, Sheet sheet) {
    long found = truth.stream().filter(words -> facts.stream().anyMatch(fact -> says(fact, words))).count();
    sheet.mark(figure, id, heldOut, found, truth.size(), "%s, found %s".formatted(truth, quotes(facts)));
  }

  private static List<Fact> of(Dossier dossier, String kind) {
    return dossier.facts().stream()
        .filter(fact -> fact.kind().equals(kind) && !fact.source().equals(Fact.OWN_WORDS))
        .toList();
  }

  private static boolean says(Fact fact, String words) {
    return fact.quote().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private static List<String> quotes(List<Fact> facts) {
    return facts.stream().map(Fact::quote).toList();
  }
}
