package dev.leadline.provider;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header Retry-After: how long a server wants to be left alone, in seconds or as a date (RFC 9110, 10.2.3). */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** At most a day; empty when the header is missing or says something else. */
  public static Optional<Duration> of(HttpHeaders headers, Instant now) {
    return headers.firstValue("retry-after").map(String::strip).flatMap(value -> {
      try {
        Duration wait = value.chars().allMatch(Character::isDigit)
            ? Duration.ofSeconds(Long.parseLong(value))
            : Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        if (wait.isNegative()) return Optional.of(Duration.ZERO);
        return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
      } catch (DateTimeParseException | NumberFormatException notAWait) {
        return Optional.empty();
      }
    });
  }
}
