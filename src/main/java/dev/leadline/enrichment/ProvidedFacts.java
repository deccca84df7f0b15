package dev.leadline.enrichment;

import dev.leadline.research.Fact;
import dev.leadline.research.SiteRules;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Turns what providers say into facts of a dossier. */
@Component
class ProvidedFacts {

  private final Industries industries;
  private final SiteRules rules;

  ProvidedFacts(Industries industries, SiteRules rules) {
    this.industries = industries;
    this.rules = rules;
  }

  /** @param lines what was left out, and why */
  record Provided(List<Fact> facts, List<String> lines) {}

  Provided of(String letter, List<Finding> findings) {
    var facts = new ArrayList<Fact>();
    var lines = new ArrayList<String>();
    for (Finding finding : findings) {
      if (rules.addressesMachines(finding.value()))
        lines.add("%s: what it says to machines was left out.".formatted(finding.provider()));
      else facts.add(fact(letter + (facts.size() + 1), finding));
    }
    return new Provided(facts, lines);
  }

  private Fact fact(String id, Finding finding) {
    String text = finding.field().label() + ": " + finding.value();
    String kind = finding.field().kind();
    if (finding.field() == Field.INDUSTRY) {
      var ours = industries.ours(finding.value());
      text = ours.orElse(text);
      // An industry that is none of ours fits nobody's target profile.
      if (ours.isEmpty()) kind = "other";
    }
    if (text.length() > Finding.LONGEST) text = text.substring(0, Finding.LONGEST - 1) + "…";
    return new Fact(
        id, kind, text, finding.provider(), finding.date(), finding.value(), finding.provider(), finding.confidence());
  }
}
