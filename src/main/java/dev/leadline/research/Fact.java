package dev.leadline.research;

import java.time.LocalDate;
import org.springframework.data.annotation.PersistenceCreator;

/**
 * One thing known about a lead, with where it was read and when.
 *
 * @param id short and unique within its dossier; drafts and assessments cite it. The letter says whose it is: f1, f2, …
 *     of research, e1, e2, … of enrichment, c1, c2, … of company research
 * @param kind what it is about: company, industry, size, location, product, news, trend, pain, need, budget, timeline,
 *     authority, person, or other
 * @param text one sentence, no longer than 300 characters
 * @param source the page's address, "form" for the lead's own words, or the provider's name
 * @param quote the words of the source that say so, no longer than 300 characters
 * @param provider who was paid or asked for it, for example apollo; null for what research read itself
 * @param confidence 0 to 100, how sure the provider is; null for what is proven by its quote
 * @param taint what in its source speaks to machines ("calls a tool"); null when nothing does. The fact itself does not,
 *     but whoever rests on it should be read by a person
 */
public record Fact(
    String id, String kind, String text, String source, LocalDate date, String quote, String provider,
    Integer confidence, String taint) {

  public static final String OWN_WORDS = "form";

  @PersistenceCreator
  public Fact {}

  /** Said by a provider, from a source without taint. */
  public Fact(
      String id, String kind, String text, String source, LocalDate date, String quote, String provider,
      Integer confidence) {
    this(id, kind, text, source, date, quote, provider, confidence, null);
  }

  /** Read by research itself. */
  public Fact(String id, String kind, String text, String source, LocalDate date, String quote) {
    this(id, kind, text, source, date, quote, null, null, null);
  }

  Fact as(String id) {
    return new Fact(id, kind, text, source, date, quote, provider, confidence, taint);
  }

  public Fact tainted(String taint) {
    return new Fact(id, kind, text, source, date, quote, provider, confidence, taint);
  }
}
