package dev.leadline.booking;

import dev.leadline.calendar.Span;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** The diaries of all hosts: whoever is slower is asked again with the newer diary, so nobody books what is taken. */
@Component
class Diaries {

  private static final int MOST_ATTEMPTS = 500;

  private final MongoOperations mongo;
  private final Clock clock;

  Diaries(MongoOperations mongo, Clock clock) {
    this.mongo = mongo;
    this.clock = clock;
  }

  Diary of(Host host) {
    return Optional.ofNullable(mongo.findById(host.id(), Diary.class)).orElseGet(() -> Diary.of(host.id()));
  }

  /** @return whether all of them were free and are held now */
  boolean hold(Host host, String meeting, List<Span> times, Instant until) {
    return change(host.id(), diary -> diary.held(host, meeting, times, until, now()));
  }

  /** @return whether it was free and is booked now */
  boolean book(Host host, String meeting, Span time) {
    return change(host.id(), diary -> diary.booked(host, meeting, time, now()));
  }

  /** @return whether it was booked for the one time still, and is for the other now */
  boolean move(Host host, String meeting, Span from, Span to) {
    return change(host.id(), diary -> diary.moved(host, meeting, from, to, now()));
  }

  void release(String host, String meeting) {
    change(host, diary -> Optional.of(diary.without(meeting, now())));
  }

  private Instant now() {
    return clock.instant();
  }

  private boolean change(String host, Function<Diary, Optional<Diary>> change) {
    for (int attempt = 1; ; attempt++) {
      Diary known = Optional.ofNullable(mongo.findById(host, Diary.class)).orElseGet(() -> Diary.of(host));
      Optional<Diary> changed = change.apply(known);
      if (changed.isEmpty()) return false;
      if (changed.get().equals(known)) return true;
      try {
        mongo.save(changed.get());
        return true;
      } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
        if (attempt == MOST_ATTEMPTS) throw faster;
      }
    }
  }
}
