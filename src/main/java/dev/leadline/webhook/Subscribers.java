package dev.leadline.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Who wants to be told what; remembered for a moment, because it is asked with everything that happens. */
@Component
class Subscribers {

  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final Subscriptions subscriptions;
  private final Clock clock;
  private volatile Known known = new Known(List.of(), Instant.MIN);

  Subscribers(Subscriptions subscriptions, Clock clock) {
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  private record Known(List<Subscription> all, Instant until) {}

  List<Subscription> of(String event) {
    Known now = known;
    if (!clock.instant().isBefore(now.until())) now = read();
    return now.all().stream().filter(subscription -> subscription.wants(event)).toList();
  }

  private Known read() {
    known = new Known(subscriptions.findAllByOrderByCreatedAt(), clock.instant().plus(REMEMBERED));
    return known;
  }

  List<Subscription> all() {
    return read().all();
  }

  Optional<Subscription> find(String id) {
    return subscriptions.findById(id);
  }

  Subscription add(Subscription subscription) {
    var added = subscriptions.save(subscription);
    read();
    return added;
  }

  void remove(String id) {
    subscriptions.deleteById(id);
    read();
  }

  /** Saves what becomes of it; asked again with the newer one when somebody else was faster. Empty when it is gone. */
  Optional<Subscription> change(String id, UnaryOperator<Subscription> change) {
    for (int attempt = 1; ; attempt++) {
      var found = subscriptions.findById(id);
      if (found.isEmpty()) return found;
      Subscription changed = change.apply(found.get());
      if (changed.equals(found.get())) return found;
      try {
        var saved = Optional.of(subscriptions.save(changed));
        read();
        return saved;
      } catch (OptimisticLockingFailureException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
