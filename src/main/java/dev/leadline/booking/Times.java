package dev.leadline.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** Moments as people read them: Tuesday, 1 December, 10:00 (Berlin time). */
final class Times {

  private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm", Locale.ENGLISH);

  private Times() {}

  static String inWords(Instant at, String zone) {
    return "%s (%s)".formatted(dayAndTime(at, zone), zoneInWords(zone));
  }

  static String dayAndTime(Instant at, String zone) {
    return DAY_AND_TIME.format(at.atZone(ZoneId.of(zone)));
  }

  /** Europe/Berlin is Berlin time. */
  static String zoneInWords(String zone) {
    return zone.contains("/") && !zone.startsWith("Etc/")
        ? zone.substring(zone.lastIndexOf('/') + 1).replace('_', ' ') + " time"
        : ZoneId.of(zone).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }
}
