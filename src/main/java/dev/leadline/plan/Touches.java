package dev.leadline.plan;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the table touch-plan wants: touches in order, and the limits they keep.
 *
 * @param most touches that are made at the most
 * @param daysBetween that lie between two touches at the least
 */
public record Touches(
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Touch> touches, Integer most,
    Integer daysBetween) {

  public static final String EMAIL = "email";

  /** By a person: Leadline itself writes e-mails only. */
  private static final Set<String> BY_HAND = Set.of("linkedin", "call");

  /** No table makes a campaign longer or denser than this. */
  private static final int NEVER_MORE = 12;
  private static final int NEVER_CLOSER = 2;

  public Touches {
    touches = touches == null ? List.of() : List.copyOf(touches);
    most = Math.min(most == null ? NEVER_MORE : Math.max(1, most), NEVER_MORE);
    daysBetween = Math.max(daysBetween == null ? NEVER_CLOSER : daysBetween, NEVER_CLOSER);
  }

  /**
   * One touch.
   *
   * @param channel email, linkedin or call
   * @param after ISO 8601 duration to wait before it
   * @param purpose for an e-mail, which text of rules/campaigns.yaml; for a person, what it is about
   */
  public record Touch(String channel, String after, String purpose) {
    public Touch {
      if (channel == null || !channel.equals(EMAIL) && !BY_HAND.contains(channel))
        throw new IllegalArgumentException("The table touch-plan has a channel that is none: " + channel);
      if (purpose == null || purpose.isBlank())
        throw new IllegalArgumentException("The table touch-plan has a touch without a purpose");
      try {
        if (Duration.parse(after).isNegative()) throw new IllegalArgumentException("negative");
      } catch (DateTimeParseException | NullPointerException | IllegalArgumentException e) {
        throw new IllegalArgumentException("The table touch-plan has a wait that is none: " + after, e);
      }
    }

    public boolean byMail() {
      return channel.equals(EMAIL);
    }
  }

  /** The touches within the limits: no more than the most, and far enough apart. */
  public List<Touch> kept() {
    var kept = new ArrayList<Touch>();
    for (Touch touch : touches) {
      if (kept.size() == most) break;
      boolean tooSoon = !kept.isEmpty() && Duration.parse(touch.after()).compareTo(Duration.ofDays(daysBetween)) < 0;
      kept.add(tooSoon ? new Touch(touch.channel(), "P" + daysBetween + "D", touch.purpose()) : touch);
    }
    return kept;
  }
}
