package dev.leadline.intake;

import dev.leadline.timeline.TimelineEntry.Actor;

/** The way by which a lead came to us. */
public enum Channel {
  FORM("the form"),
  API("the API"),
  CSV("an import"),
  /** Somebody whom another lead named, added by one of us; they never asked for anything. */
  REFERRAL("a referral"),
  SAMPLES("the sample leads"),
  /** We found them; they did not write to us. */
  PROSPECTING("a campaign");

  private final String words;

  Channel(String words) {
    this.words = words;
  }

  /** Whether they came to us themselves; whom others brought asked for nothing. */
  public boolean asked() {
    return this == FORM || this == API || this == SAMPLES;
  }

  String came() {
    return (this == PROSPECTING ? "Found by " : "Came in through ") + words;
  }

  String cameAgain() {
    return (this == PROSPECTING ? "Found again by " : "Asked again through ") + words;
  }

  /** Whose doing it was. */
  Actor actor() {
    return this == PROSPECTING ? Actor.SYSTEM : Actor.LEAD;
  }

  /** @param name the lead's */
  String by(String name) {
    return this == PROSPECTING ? words : name;
  }
}
