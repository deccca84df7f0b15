package dev.leadline.calendar;

/**
 * The calendars of one provider.
 *
 * <p>Every method throws {@link dev.leadline.provider.Unavailable} when the provider cannot be asked now; all can be
 * repeated. None of them mails anybody: invitations leave by the one way out.
 */
public interface Calendar {

  /** embedded, caldav, google or microsoft. */
  String name();

  /** Whether calendars of this provider can be used here. */
  boolean on();

  /** When a calendar is taken between two moments. */
  Spans busy(String calendar, Span within);

  /** Puts a meeting in, or moves the one with this UID; what colleagues noted in it stays. */
  void put(String calendar, Event event);

  /** Takes a meeting out; nothing happens when it is not there. */
  void remove(String calendar, String uid);
}
