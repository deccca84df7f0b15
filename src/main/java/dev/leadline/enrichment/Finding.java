package dev.leadline.enrichment;

import java.time.LocalDate;

/**
 * One thing a provider says about a company or person.
 *
 * @param value plain text by the provider, at most 300 characters
 * @param provider who says so, for example apollo
 * @param date of the provider's record where it has one, else the day it was asked
 * @param confidence 0 to 100: the provider's own likelihood where it gives one, else what its match was made by
 */
public record Finding(Field field, String value, String provider, LocalDate date, int confidence) {

  public static final int LONGEST = 300;

  public Finding {
    if (value.isBlank() || value.length() > LONGEST) throw new IllegalArgumentException("1 to 300 characters");
    if (confidence < 0 || confidence > 100) throw new IllegalArgumentException("confidence is 0 to 100");
  }
}
