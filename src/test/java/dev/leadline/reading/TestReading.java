package dev.leadline.reading;

/** Reading by rules, for tests of other packages. */
public final class TestReading {

  private TestReading() {}

  public static ReplyRules rules() {
    var languages = new Languages();
    return new ReplyRules(new Dates(), languages);
  }
}
