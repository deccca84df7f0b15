package dev.leadline.sending;

import dev.leadline.sending.OurMailboxes.One;
import dev.leadline.sending.Policies.MailboxPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Gives out the turns of our mailboxes, never more of each than the table mailbox-policy allows, to all who ask. */
@Component
class MailboxLoads {

  private final MongoOperations mongo;
  private final Policies policies;
  private final OurMailboxes ours;
  private final SendingSettings settings;
  private final Clock clock;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();

  MailboxLoads(
      MongoOperations mongo, Policies policies, OurMailboxes ours, SendingSettings settings, Clock clock) {
    this.mongo = mongo;
    this.policies = policies;
    this.ours = ours;
    this.settings = settings;
    this.clock = clock;
  }

  /** What a page shows. */
  record Use(String mailbox, long age, int thisMinute, int today, Instant free, MailboxPolicy policy) {}

  /** Of each mailbox of which the table says something. */
  List<Use> uses() {
    return ours.all().stream().flatMap(one -> use(one.id()).stream()).toList();
  }

  private Optional<Use> use(String mailbox) {
    try {
      return Optional.of(of(mailbox).use());
    } catch (UnusableTable table) {
      return Optional.empty();
    }
  }

  /** A turn for somebody who just came: there is none while others stand in line, or when there is none to give. */
  Optional<Instant> takeUnlessInLine(String mailbox) {
    return of(mailbox).take(false);
  }

  /**
   * A turn for the first in line.
   *
   * @return when there may be one; empty when it was given
   */
  Optional<Instant> take(String mailbox) {
    return of(mailbox).take(true);
  }

  /**
   * Nothing went out in a turn, so it does not count for the day; it does for the minute, for the server was asked.
   *
   * @param given when, or a little earlier: a turn of another day is not given back
   */
  void giveBack(String mailbox, Instant given) {
    of(mailbox).changing(load -> new Change(load.givenBack(given, clock.instant(), settings.zone()), Optional.empty()));
  }

  /** Nobody stands in line any more. */
  void lineIsOver(String mailbox) {
    of(mailbox).changing(load -> new Change(load.inLine(false), Optional.empty()));
  }

  private Counted of(String mailbox) {
    return counted.computeIfAbsent(mailbox, id -> new Counted(
        ours.all().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow()));
  }

  private record Change(MailboxLoad load, Optional<Instant> answer) {}

  /** One mailbox; two changes of it follow each other. */
  private final class Counted {

    private final One mailbox;
    private final ReentrantLock one = new ReentrantLock();
    /** As it was stored last, as far as we know: if another application was faster, storing fails and it is read again. */
    private MailboxLoad known;

    Counted(One mailbox) {
      this.mailbox = mailbox;
    }

    Use use() {
      Instant now = clock.instant();
      var load = stored();
      var policy = policy(load, now);
      return new Use(
          load.mailbox(), load.age(now, settings.zone()), load.sentThisMinute(now), load.sentToday(now, settings.zone()),
          load.free(now, policy, settings.zone()), policy);
    }

    Optional<Instant> take(boolean first) {
      return changing(load -> {
        Instant now = clock.instant();
        var policy = policy(load, now);
        Instant free = load.free(now, policy, settings.zone());
        if (free.isAfter(now) || load.line() && !first) return new Change(load.inLine(true), Optional.of(free));
        return new Change(load.taken(now, pause(policy), settings.zone()), Optional.empty());
      });
    }

    Optional<Instant> changing(Function<MailboxLoad, Change> change) {
      one.lock();
      try {
        while (true) {
          if (known == null) known = stored();
          var changed = change.apply(known);
          if (changed.load().equals(known)) return changed.answer();
          try {
            known = mongo.save(changed.load());
            return changed.answer();
          } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
            known = null;
          }
        }
      } finally {
        one.unlock();
      }
    }

    private MailboxLoad stored() {
      String address = mailbox.address().toLowerCase(Locale.ROOT);
      return Optional.ofNullable(mongo.findById(address, MailboxLoad.class))
          .orElseGet(() -> MailboxLoad.unused(address, firstDay()));
    }

    private LocalDate firstDay() {
      if (mailbox.since() != null) return mailbox.since();
      return settings.mailboxSince() != null ? settings.mailboxSince() : LocalDate.ofInstant(clock.instant(), settings.zone());
    }

    private MailboxPolicy policy(MailboxLoad load, Instant now) {
      return policies.mailbox(mailbox.id(), load.age(now, settings.zone()));
    }
  }

  private static Duration pause(MailboxPolicy policy) {
    long more = policy.spacingUpTo().minus(policy.spacing()).toMillis();
    return more <= 0 ? policy.spacing() : policy.spacing().plusMillis(ThreadLocalRandom.current().nextLong(more + 1));
  }
}
