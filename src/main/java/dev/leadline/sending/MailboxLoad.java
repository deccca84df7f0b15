package dev.leadline.sending;

import dev.leadline.sending.Policies.MailboxPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How much one mailbox has sent in this minute and on this day, as far as it gave out turns.
 *
 * @param mailbox its address
 * @param since day of its first mail
 * @param minute minutes since 1970, and how many turns were given in it
 * @param day days since 1970 on the sender's calendar, and how many turns were given on it
 * @param free no turn before this
 * @param line whether mails stand in line, so that nobody goes past them
 */
@Document("mailboxes")
record MailboxLoad(
    @Id String mailbox, @Version Long version, long since, long minute, int inMinute, long day, int inDay, Instant free,
    boolean line) {

  static MailboxLoad unused(String mailbox, LocalDate since) {
    return new MailboxLoad(mailbox, null, since.toEpochDay(), 0, 0, 0, 0, Instant.EPOCH, false);
  }

  long age(Instant now, ZoneId zone) {
    return Math.max(0, day(now, zone) - since);
  }

  int sentThisMinute(Instant now) {
    return minute(now) == minute ? inMinute : 0;
  }

  int sentToday(Instant now, ZoneId zone) {
    return day(now, zone) == day ? inDay : 0;
  }

  /** The first moment from now on at which there is a turn, were nobody else to take it. */
  Instant free(Instant now, MailboxPolicy policy, ZoneId zone) {
    Instant at = now.isAfter(free) ? now : free;
    if (sentThisMinute(at) >= policy.perMinute()) at = at.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    if (sentToday(at, zone) >= policy.perDay()) at = at.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    return at;
  }

  /** @param pause until the next turn */
  MailboxLoad taken(Instant now, Duration pause, ZoneId zone) {
    return new MailboxLoad(
        mailbox, version, since, minute(now), sentThisMinute(now) + 1, day(now, zone), sentToday(now, zone) + 1,
        now.plus(pause), line);
  }

  MailboxLoad givenBack(Instant given, Instant now, ZoneId zone) {
    if (day(given, zone) != day(now, zone) || sentToday(now, zone) == 0) return this;
    return new MailboxLoad(mailbox, version, since, minute, inMinute, day, inDay - 1, free, line);
  }

  MailboxLoad inLine(boolean line) {
    return new MailboxLoad(mailbox, version, since, minute, inMinute, day, inDay, free, line);
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60L);
  }

  private static long day(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDate().toEpochDay();
  }
}
