package dev.leadline.crm.change;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.sync.Links;
import dev.leadline.provider.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks a CRM that does not tell by itself what colleagues changed since it was asked last. */
@Component
class AskForChanges {

  private static final Logger log = LoggerFactory.getLogger(AskForChanges.class);
  private static final String CURSORS = "crm_cursors";
  /** Clocks differ, and a change may be seen late; what comes twice is no news. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private final CrmRecords crm;
  private final Changes changes;
  private final Links links;
  private final MongoOperations mongo;
  private final Clock clock;

  AskForChanges(CrmRecords crm, Changes changes, Links links, MongoOperations mongo, Clock clock) {
    this.crm = crm;
    this.changes = changes;
    this.links = links;
    this.mongo = mongo;
    this.clock = clock;
  }

  @Scheduled(
      initialDelayString = "${leadline.crm.ask-every:1m}",
      fixedDelayString = "${leadline.crm.ask-every:1m}")
  void ask() {
    if (!crm.mustBeAsked() || links.count() == 0) return;
    Instant now = clock.instant();
    try {
      var last = mongo.findById(crm.name(), Document.class, CURSORS);
      Instant since = last == null ? now : last.getDate("at").toInstant();
      crm.changes(since.minus(OVERLAP), changes::receive);
      // Not before all of it is read: what is missed here is never asked for again.
      mongo.upsert(query(where("_id").is(crm.name())), Update.update("at", now), CURSORS);
    } catch (Unavailable later) {
      log.info("The CRM is asked for changes later: it {}", later.getMessage());
    }
  }
}
