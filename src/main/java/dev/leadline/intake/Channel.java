package dev.leadline.intake;

/** The way by which a lead came to us. */
public enum Channel {
  FORM("the form"),
  API("the API"),
  CSV("an import"),
  /** Somebody whom another lead named, added by one of us; they never asked for anything. */
  REFERRAL("a referral"),
  SAMPLES("the sample leads");

  private final String words;

  Channel(String words) {
    this.words = words;
  }

  String inWords() {
    return words;
  }
}
