package dev.leadline.sending;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Whom nothing goes to for a while: a person who is away, a company that has just answered, a campaign that is paused; and which of our mailboxes rests. */
@Component
public class Holds {

  private final MongoOperations mongo;
  private final Queue queue;
  private final Leads leads;
  private final Attributions attributions;
  private final Timeline timeline;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Holds(
      MongoOperations mongo, Queue queue, Leads leads, Attributions attributions, Timeline timeline,
      ApplicationEventPublisher events, Clock clock) {
    this.mongo = mongo;
    this.queue = queue;
    this.leads = leads;
    this.attributions = attributions;
    this.timeline = timeline;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Nothing goes to a person or to anybody of a company before this time. Of two holds, the one that ends later stays.
   *
   * @param who a lead's id, a company's domain, the id of a campaign's run: everybody whom it found, or {@link
   *     Hold#mailbox}
   * @param until null when somebody has to end it
   * @param because goes on after "Nothing goes to them:"
   * @param by a person's name, or the step that learned of it
   * @return the hold that counts now
   */
  public Hold hold(String who, Instant until, String because, String by) {
    var known = of(who);
    if (known.filter(other -> other.until() == null || until != null && !other.until().isBefore(until)).isPresent()) {
      return known.get();
    }
    var hold = mongo.save(new Hold(who, until, because, by, clock.instant()));
    tell(hold.who(), "held:" + until, by,
        until == null
            ? "Nothing goes to them: " + because
            : "Nothing goes to them before %s: %s".formatted(LocalDate.ofInstant(until, ZoneOffset.UTC), because));
    return hold;
  }

  /** @return whether there was one */
  public boolean release(String who, String by) {
    var known = of(who);
    if (known.isEmpty() || who.equals(Hold.EVERYBODY)) return false;
    mongo.remove(query(where("_id").is(who)), Hold.class);
    tell(who, "released:" + known.get().at(), by, "Mail may go to them again");
    events.publishEvent(new Released(who, by));
    queue.lookAgain(who);
    attributions.idsOf(who).forEach(found -> queue.lookAgain(found.leadId()));
    return true;
  }

  /** All but the panic switch, the first to end first. */
  public List<Hold> all() {
    return mongo.find(query(where("_id").ne(Hold.EVERYBODY)).with(Sort.by("until")), Hold.class).stream()
        .filter(hold -> hold.holds(clock.instant()))
        .toList();
  }

  /** What holds somebody now. */
  public Optional<Hold> of(String who) {
    return Optional.ofNullable(mongo.findById(who, Hold.class)).filter(hold -> hold.holds(clock.instant()));
  }

  /**
   * Those that count for one person, the panic switch first.
   *
   * @param mailbox of ours that writes to them
   */
  List<Hold> on(String leadId, String company, String mailbox) {
    var run = attributions.findById(leadId).map(Attribution::executionId).orElse(null);
    var whom = Stream.of(Hold.EVERYBODY, leadId, company, run, Hold.mailbox(mailbox)).filter(Objects::nonNull).toList();
    Instant now = clock.instant();
    return mongo.find(query(where("_id").in(whom)), Hold.class).stream()
        .filter(hold -> hold.holds(now))
        .sorted((one, other) -> Boolean.compare(other.who().equals(Hold.EVERYBODY), one.who().equals(Hold.EVERYBODY)))
        .toList();
  }

  private void tell(String who, String what, String by, String words) {
    leads.findById(who).ifPresent(lead ->
        timeline.record(who + ":" + what, who, "ask-to-send", Actor.SYSTEM, by, words, List.of()));
  }
}
