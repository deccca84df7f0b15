package dev.leadline.booking;

import java.time.Duration;

/**
 * How a meeting is proposed, from the table meeting-policy; whatever a table says is held within limits.
 *
 * @param minutes 15 to 120
 * @param slots 1 to 5
 * @param within days to look ahead, 2 to 60
 * @param hold how long times are held, ISO 8601, one hour to two weeks
 * @param remind how long before the meeting the lead is reminded, ISO 8601; PT0S for never
 */
record MeetingPolicy(Integer minutes, Integer slots, Integer within, String hold, String remind) {

  int length() {
    return limited(minutes, 30, 15, 120);
  }

  int most() {
    return limited(slots, 3, 1, 5);
  }

  Duration ahead() {
    return Duration.ofDays(limited(within, 10, 2, 60));
  }

  Duration held() {
    Duration wanted = hold == null ? Duration.ofDays(2) : Duration.parse(hold);
    if (wanted.compareTo(Duration.ofHours(1)) < 0) return Duration.ofHours(1);
    return wanted.compareTo(Duration.ofDays(14)) > 0 ? Duration.ofDays(14) : wanted;
  }

  private static int limited(Integer value, int otherwise, int least, int most) {
    return value == null ? otherwise : Math.clamp(value, least, most);
  }
}
