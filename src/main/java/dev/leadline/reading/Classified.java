package dev.leadline.reading;

import java.time.LocalDate;

/**
 * How a reply is understood.
 *
 * @param confidence 0 to 100, to compare with a threshold; no probability
 * @param optOut whether they ask to be left alone, whatever the class; never true of a machine's message
 * @param quote the words of the reply that say so most clearly; null where none do
 * @param until the first day on which they may be written to again; null where they name none
 * @param referred whom they refer to, which is data and no permission to write; null where nobody is named
 * @param language two letters; null where too little is said
 */
public record Classified(
    ReplyClass kind, int confidence, boolean optOut, String quote, LocalDate until, Referred referred,
    String language) {

  /** Either may be null. */
  public record Referred(String name, String address) {}

  Classified sure(int confidence) {
    return new Classified(kind, confidence, optOut, quote, until, referred, language);
  }
}
