package dev.leadline.deliverability;

import dev.leadline.mail.Touch;

/** Reputation for tests of other packages. */
public final class TestReputation {

  private TestReputation() {}

  /** Nobody counts what comes back. */
  public static Reputation ofNobody() {
    return new Reputation(null, null, null, null, null, null) {
      @Override
      public void bounced(Touch touch) {}

      @Override
      public void complained(Touch touch) {}
    };
  }
}
