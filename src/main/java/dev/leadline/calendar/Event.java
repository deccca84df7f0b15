package dev.leadline.calendar;

/**
 * A meeting as it stands in a calendar.
 *
 * @param uid the same for life, globally unique (RFC 5545, 3.8.4.7)
 * @param sequence 0 at first, one more whenever its time changes or it is cancelled (RFC 5545, 3.8.7.4)
 * @param title one line
 * @param notes plain text, may be empty
 * @param location a room or a link; may be empty
 */
public record Event(String uid, int sequence, Span time, String title, String notes, String location) {}
