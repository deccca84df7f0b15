package dev.leadline.calendar;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.stereotype.Component;

/** Calendars in our own database, for colleagues whose calendar is nowhere else. */
@Component
class EmbeddedCalendar implements Calendar {

  static final String NAME = "embedded";

  private final MongoOperations mongo;

  EmbeddedCalendar(MongoOperations mongo) {
    this.mongo = mongo;
  }

  /** One event of one calendar. */
  @Document("calendar_events")
  @CompoundIndex(def = "{'calendar': 1, 'end': 1}")
  record Entry(
      @Id String uid, String calendar, int sequence, Instant start, Instant end, String title, String notes,
      String location) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean on() {
    return true;
  }

  @Override
  public Spans busy(String calendar, Span within) {
    var entries = mongo.find(
        query(where("calendar").is(calendar).and("end").gt(within.start()).and("start").lt(within.end())), Entry.class);
    return Spans.of(entries.stream().map(entry -> new Span(entry.start(), entry.end())).toList());
  }

  @Override
  public void put(String calendar, Event event) {
    mongo.save(new Entry(
        event.uid(), calendar, event.sequence(), event.time().start(), event.time().end(), event.title(),
        event.notes(), event.location()));
  }

  @Override
  public void remove(String calendar, String uid) {
    mongo.remove(query(where("uid").is(uid).and("calendar").is(calendar)), Entry.class);
  }
}
