package dev.leadline.enrichment;

import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.PlainText;
import dev.leadline.research.Dossier.Visit;
import dev.leadline.research.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/** Turns what providers say into facts of a dossier. */
@Component
class ProvidedFacts {

  private final Industries industries;
  private final InjectionGuard guard;

  ProvidedFacts(Industries industries, InjectionGuard guard) {
    this.industries = industries;
    this.guard = guard;
  }

  /** @param leftOut whose words speak to machines, once each */
  record Provided(List<Fact> facts, List<Visit> leftOut) {}

  Provided of(String letter, List<Finding> findings) {
    var facts = new ArrayList<Fact>();
    var taints = new LinkedHashMap<String, String>();
    for (Finding finding : findings) {
      String taint = guard.read(finding.value()).taint();
      if (taint == null) facts.add(fact(letter + (facts.size() + 1), finding));
      else taints.putIfAbsent(finding.provider(), taint);
    }
    return new Provided(
        facts.stream().map(fact -> fact.tainted(taints.get(fact.provider()))).toList(),
        taints.entrySet().stream().map(taint -> Visit.leftOut(taint.getKey(), taint.getValue())).toList());
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
    return new Fact(
        id, kind, PlainText.cut(text, Finding.LONGEST), finding.provider(), finding.date(), finding.value(), finding.provider(), finding.confidence());
  }
}
