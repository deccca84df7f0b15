package dev.leadline.booking;

import java.util.Optional;

/** Meetings for tests of other packages. */
public final class TestBooking {

  private TestBooking() {}

  /** Nobody has been offered times. */
  public static MeetingReplies noMeetings() {
    return new MeetingReplies(null, null, null, null) {
      @Override
      public boolean calendar(String leadId, String ics) {
        return false;
      }

      @Override
      public Optional<Meeting> proposed(String leadId) {
        return Optional.empty();
      }
    };
  }
}
