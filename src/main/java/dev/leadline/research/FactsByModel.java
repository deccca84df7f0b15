package dev.leadline.research;

import dev.leadline.guard.ForeignText;
import dev.leadline.lead.Lead;
import dev.leadline.research.Researcher.Finding;
import dev.leadline.research.Researcher.Findings;
import dev.leadline.research.SiteTour.Read;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Facts a model found. What it cannot prove by a literal quote is dropped. */
final class FactsByModel {

  private static final int LONGEST_PAGE = 6_000;

  private final Researcher researcher;
  private final SiteRules site;

  FactsByModel(Researcher researcher, SiteRules site) {
    this.researcher = researcher;
    this.site = site;
  }

  /**
   * Who the lead is stays as they said; the rest is the model's, as far as it is proven.
   *
   * @param lead without what they say to machines
   */
  List<Fact> find(Lead lead, List<Read> pages, List<Fact> byRules, LocalDate today) {
    Map<String, String> sources = sources(lead, pages);
    var facts = new ArrayList<>(byRules.stream()
        .filter(fact -> fact.kind().equals("company") || fact.kind().equals("person"))
        .toList());
    var findings = researcher.read(
        String.join(", ", site.industries()), ForeignText.harmless(sources.get(Fact.OWN_WORDS)), pagesIn(sources));
    for (Fact fact : proven(findings, sources, site, today)) facts.add(fact.as("f" + (facts.size() + 1)));
    // What is a matter of looking up, not of judgement, a model may leave out and nobody would know it.
    for (String kind : List.of("industry", "size"))
      if (facts.stream().noneMatch(fact -> fact.kind().equals(kind)))
        byRules.stream().filter(fact -> fact.kind().equals(kind)).findFirst()
            .ifPresent(fact -> facts.add(fact.as("f" + (facts.size() + 1))));
    return facts;
  }

  /**
   * The findings whose quote stands literally in their source.
   *
   * @throws IllegalArgumentException when there is none
   */
  static List<Fact> proven(Findings findings, Map<String, String> sources, SiteRules site, LocalDate today) {
    var facts = new ArrayList<Fact>();
    for (Finding finding : findings.facts()) {
      String source = sources.get(finding.source());
      String quote = plain(finding.quote());
      if (source == null || !plain(source).contains(quote)) continue;
      String text = plain(finding.text());
      facts.add(new Fact(
          "f" + (facts.size() + 1), site.kindOf(finding.kind(), text), text, finding.source(), today, quote));
    }
    if (facts.isEmpty()) throw new IllegalArgumentException("nothing proven");
    return facts;
  }

  private static Map<String, String> sources(Lead lead, List<Read> pages) {
    var sources = new LinkedHashMap<String, String>();
    String own = "%s at %s\n%s".formatted(
        lead.jobTitle(), lead.company(), Objects.requireNonNullElse(lead.projectDescription(), ""));
    sources.put(Fact.OWN_WORDS, ForeignText.start(own.strip(), LONGEST_PAGE));
    pages.forEach(page -> sources.put(page.address().toString(), ForeignText.start(page.text().all(), LONGEST_PAGE)));
    return sources;
  }

  private static String pagesIn(Map<String, String> sources) {
    var text = new StringBuilder();
    sources.forEach((source, page) -> {
      if (!source.equals(Fact.OWN_WORDS))
        text.append("<page source=\"%s\">%n%s%n</page>%n".formatted(ForeignText.harmless(source), ForeignText.harmless(page)));
    });
    return text.isEmpty() ? "(no page could be read)" : text.toString();
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
