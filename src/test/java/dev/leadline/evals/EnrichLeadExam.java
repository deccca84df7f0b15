package dev.leadline.evals;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.ThinkingSteps;
import dev.leadline.contact.Validated;
import dev.leadline.enrichment.Enriched;
import dev.leadline.journey.Decision;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What is known of a lead after providers were asked as the table says, and what it cost. */
final class EnrichLeadExam implements Exam {

  private static final Decision PLAN = Decision.named("enrichment-plan");

  /** @param local of the address, a person's unless set */
  private record Provided(
      String id, boolean heldOut, String local, String title, JsonNode apollo, JsonNode labs, String industry,
      Map<String, List<String>> known, List<String> absent, BigDecimal spent) {}

  @Override
  public String step() {
    return "enrich-lead";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    try (var enriched = new Enriched(steps)) {
      for (Provided truth : Corpus.read("enrichment", new TypeReference<List<Provided>>() {})) {
        String id = truth.id();
        String email = Objects.requireNonNullElse(truth.local(), "anna.berg") + "@" + id + ".test";
        steps.register(id, "Anna Berg", "Theirs", null, truth.title(), "Other", "", email);
        Researched.by(steps, id);
        var contact = Validated.by(steps, id, "takes-mail");
        var plan = PLAN.answer(
            Map.of("contact", Map.of("verdict", contact.verdict(), "mailbox", contact.mailbox())));
        BigDecimal spent = sheet.timed(() -> enriched.by(id, plan, truth.apollo(), truth.labs()));
        judged(truth, steps.dossier(id).facts(), spent, sheet);
      }
    }
  }

  private static void judged(Provided truth, List<Fact> facts, BigDecimal spent, Sheet sheet) {
    String industry = facts.stream().filter(fact -> fact.kind().equals("industry")).map(Fact::text).findFirst()
        .orElse("none");
    sheet.mark("industry", truth.id(), truth.heldOut(), truth.industry().equals(industry),
        "%s, not %s".formatted(truth.industry(), industry));
    sheet.confused(truth.industry(), industry);
    if (truth.known() != null)
      truth.known().forEach((kind, all) -> all.forEach(words -> sheet.mark(
          "what they know is known", truth.id() + " " + words, truth.heldOut(),
          facts.stream().anyMatch(fact -> fact.kind().equals(kind) && holds(fact, words)),
          "%s (%s), not in %s".formatted(words, kind, facts))));
    if (truth.absent() != null)
      for (String words : truth.absent())
        sheet.mark("nothing is overwritten or believed blindly", truth.id(), truth.heldOut(),
            facts.stream().noneMatch(fact -> holds(fact, words)), words);
    sheet.mark("costs no more than it must", truth.id(), truth.heldOut(), spent.compareTo(truth.spent()) <= 0,
        "%s, not %s".formatted(truth.spent(), spent));
  }

  private static boolean holds(Fact fact, String words) {
    return (fact.text() + " " + fact.quote()).toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
