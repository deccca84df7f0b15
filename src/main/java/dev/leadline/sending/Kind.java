package dev.leadline.sending;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.leadline.outreach.Draft.Campaign;
import java.util.Locale;

/** What a mail is to whom gets it; the tables know it by this word. */
public enum Kind {
  /** Somebody waits for it: an answer, a meeting, a follow-up that was asked for. */
  REPLY,
  /** The first word to somebody. */
  INTRO,
  /** One more word to somebody who has not answered. */
  NUDGE;

  static Kind of(Campaign campaign, int number) {
    return switch (campaign) {
      case OUTREACH -> number == 1 ? INTRO : NUDGE;
      case NURTURE -> NUDGE;
      default -> REPLY;
    };
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
