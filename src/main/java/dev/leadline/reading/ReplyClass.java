package dev.leadline.reading;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The closed set of what a reply can be; diagrams and tables write them in lower case. */
public enum ReplyClass {
  INTERESTED,
  MEETING_REQUEST,
  QUESTION,
  /** Price, discount, offer or contract. */
  PRICING,
  /** They say why not, or just that they do not want it. */
  OBJECTION,
  /** Later, sometimes with a date. */
  NOT_NOW,
  /** Somebody else is the one to speak with. */
  REFERRAL,
  WRONG_PERSON,
  LEFT_COMPANY,
  OUT_OF_OFFICE,
  AUTO_ACKNOWLEDGEMENT,
  UNSUBSCRIBE,
  /** Insults and threats, of lawyers and authorities too. */
  HOSTILE,
  BOUNCE,
  SPAM,
  UNCLEAR;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static ReplyClass of(String word) {
    return valueOf(word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_'));
  }

  /** Whether such a message is a machine's, which speaks for nobody: it never suppresses. */
  public boolean isAutomatic() {
    return this == OUT_OF_OFFICE || this == AUTO_ACKNOWLEDGEMENT || this == BOUNCE;
  }
}
