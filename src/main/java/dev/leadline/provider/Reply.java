package dev.leadline.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a provider's server said, whole; body at most 2 MB. */
public record Reply(String provider, int status, HttpHeaders headers, byte[] body, Instant at) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration BUSY = Duration.ofMinutes(1);

  /** @throws Unavailable when it is not JSON */
  public JsonNode json() {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isContainerNode()) return json;
    } catch (IOException notJson) {
      // Said below.
    }
    throw new Unavailable(provider, "answers in a way that makes no sense");
  }

  /** The body as JSON, or an empty object: for error bodies, which may be anything. */
  public JsonNode error() {
    try {
      return json();
    } catch (Unavailable notJson) {
      return JSON.createObjectNode();
    }
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** This reply, if the status is 2xx; otherwise what the status commonly means. */
  public Reply ok() {
    if (status / 100 == 2) return this;
    throw switch (status) {
      case 401 -> new Unavailable(provider, "does not accept our key");
      case 402 -> new Unavailable(provider, "has no credits left for us", Duration.ofHours(1));
      case 403 -> new Unavailable(provider, "does not allow this with our key");
      case 429 -> busy(retryAfter().orElse(BUSY));
      default -> new Unavailable(provider, "answers with status " + status);
    };
  }

  /** Not to be asked for a while. */
  public Unavailable busy(Duration wait) {
    return new Unavailable(provider, "asks to be left alone for " + inWords(wait), wait);
  }

  /** The header Retry-After, in seconds or as a date; at most a day. */
  Optional<Duration> retryAfter() {
    return headers.firstValue("retry-after").map(String::strip).flatMap(value -> {
      try {
        Duration wait = value.chars().allMatch(Character::isDigit)
            ? Duration.ofSeconds(Long.parseLong(value))
            : Duration.between(at, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        if (wait.isNegative()) return Optional.of(Duration.ZERO);
        return Optional.of(wait.compareTo(Duration.ofDays(1)) > 0 ? Duration.ofDays(1) : wait);
      } catch (DateTimeParseException | NumberFormatException notAWait) {
        return Optional.empty();
      }
    });
  }

  static String inWords(Duration wait) {
    long seconds = wait.toSeconds() + (wait.toMillisPart() > 0 ? 1 : 0);
    if (seconds < 120) return seconds + " s";
    return seconds < 7_200 ? seconds / 60 + " minutes" : seconds / 3_600 + " hours";
  }

  /** Without the body, which is about people. */
  @Override
  public String toString() {
    return "Reply[%s, %d]".formatted(provider, status);
  }
}
