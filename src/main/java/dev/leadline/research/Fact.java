package dev.leadline.research;

import java.time.LocalDate;

/**
 * One thing known about a lead, with where it was read and when.
 *
 * @param id short and unique within its dossier (f1, f2, …); drafts and assessments cite it
 * @param kind what it is about: company, industry, size, location, product, news, pain, need, budget, timeline,
 *     authority, person, or other
 * @param text one sentence, no longer than 300 characters
 * @param source the page's address, or "form" for the lead's own words
 * @param quote the words of the source that say so, no longer than 300 characters
 */
public record Fact(String id, String kind, String text, String source, LocalDate date, String quote) {

  public static final String OWN_WORDS = "form";

  Fact as(String id) {
    return new Fact(id, kind, text, source, date, quote);
  }

  boolean saysTheSame(Fact other) {
    return kind.equals(other.kind) && source.equals(other.source) && quote.equals(other.quote);
  }
}
