package dev.leadline.research;

import dev.leadline.lead.Lead;
import dev.leadline.research.SiteTour.Read;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Finds facts without a model: sentences that speak of what sales wants to know, kept as they were written. */
@Component
class FactsByRules {

  private static final int FORM_FACTS = 12;

  private final SiteRules site;
  private final OwnWords ownWords;

  FactsByRules(SiteRules site, OwnWords ownWords) {
    this.site = site;
    this.ownWords = ownWords;
  }

  /** @param lead without what they say to machines */
  List<Fact> find(Lead lead, List<Read> pages, LocalDate today) {
    var facts = new Collected(today);
    if (present(lead.company())) facts.add("company", "Works at " + lead.company(), Fact.OWN_WORDS, lead.company());
    if (present(lead.jobTitle())) facts.add("person", "Is " + lead.jobTitle(), Fact.OWN_WORDS, lead.jobTitle());
    if (present(lead.projectDescription())) fromForm(lead.projectDescription(), facts);
    inTexts(pages.stream().map(page -> new Text(page.address().toString(), page.text())).toList(), facts);
    if (!facts.has("industry")) industryOf(lead, facts);
    return facts.all;
  }

  /** The sentences worth keeping of texts about one company. */
  List<Fact> find(List<Text> texts, LocalDate today) {
    var facts = new Collected(today);
    inTexts(texts, facts);
    return facts.all;
  }

  /** A text and where it stands. */
  record Text(String source, PageText text) {}

  private void fromForm(String description, Collected facts) {
    var sentences = PageText.sentences(description);
    for (String sentence : sentences) {
      for (String kind : ownWords.kinds()) {
        if (facts.all.size() < FORM_FACTS)
          ownWords.grade(kind, sentence).ifPresent(grade -> facts.add(kind, grade.says(), Fact.OWN_WORDS, sentence));
      }
    }
  }

  /** Where no page says what the company does, the words of the lead may. */
  private void industryOf(Lead lead, Collected facts) {
    var words = new ArrayList<String>();
    words.add(lead.company());
    if (present(lead.jobTitle())) words.add(lead.jobTitle());
    if (present(lead.projectDescription())) words.addAll(PageText.sentences(lead.projectDescription()));
    site.industryOf(String.join("\n", words)).ifPresent(industry -> words.stream()
        .filter(sentence -> industry.words().matcher(sentence).find())
        .findFirst()
        .ifPresent(sentence -> facts.add("industry", industry.name(), Fact.OWN_WORDS, sentence)));
  }

  private void inTexts(List<Text> texts, Collected facts) {
    var industry = site.industryOf(String.join("\n", texts.stream().map(text -> text.text().all()).toList()));
    for (Text text : texts) {
      String source = text.source();
      for (String sentence : text.text().sentences()) {
        industry.filter(found -> found.words().matcher(sentence).find() && !facts.has("industry"))
            .ifPresent(found -> facts.add("industry", found.name(), source, sentence));
        for (var found : site.sentences()) {
          if (facts.count(found.kind(), source) < found.most() && found.knows(sentence)) {
            facts.add(found.kind(), found.says(), source, sentence);
            break;
          }
        }
      }
    }
  }

  private static boolean present(String text) {
    return text != null && !text.isBlank();
  }

  /** Facts in the order found, each sentence once per kind. */
  private static final class Collected {
    private final List<Fact> all = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final LocalDate today;

    private Collected(LocalDate today) {
      this.today = today;
    }

    private void add(String kind, String text, String source, String quote) {
      if (seen.add(kind + quote)) all.add(new Fact("f" + (all.size() + 1), kind, text, source, today, quote));
    }

    private boolean has(String kind) {
      return all.stream().anyMatch(fact -> fact.kind().equals(kind));
    }

    private long count(String kind, String source) {
      return all.stream().filter(fact -> fact.kind().equals(kind) && fact.source().equals(source)).count();
    }
  }
}
