package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a MongoDB does by itself every minute: removes expired documents, and tidies its file when nobody writes. */
final class Upkeep implements Runnable, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final int COMPACTION_MILLIS = 200;

  private final StoredBackend backend;
  private final DurableStore store;
  private final Clock clock;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("mongo-upkeep").factory());
  private long seen;
  private long compacted;

  Upkeep(StoredBackend backend, DurableStore store, Clock clock) {
    this.backend = backend;
    this.store = store;
    this.clock = clock;
  }

  void every(Duration period) {
    schedule.scheduleWithFixedDelay(this, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    try {
      removeExpired();
      long changes = store.changes();
      if (changes == seen && changes != compacted) {
        store.compact(COMPACTION_MILLIS);
        compacted = changes;
      }
      seen = changes;
    } catch (RuntimeException e) {
      log.warn("The embedded MongoDB could not do its upkeep: {}", e.toString());
    }
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }

  private void removeExpired() {
    for (String name : backend.databases()) {
      MongoDatabase database = backend.resolveDatabase(name);
      MongoCollection<?> indexes = database.resolveCollection("system.indexes", false);
      if (indexes == null) {
        continue;
      }
      for (Document index : snapshot(indexes)) {
        if (index.get("expireAfterSeconds") instanceof Number seconds) {
          removeExpired(database, index, clock.instant().minusSeconds(seconds.longValue()));
        }
      }
    }
  }

  private void removeExpired(MongoDatabase database, Document index, Instant before) {
    String namespace = index.get("ns").toString();
    MongoCollection<?> collection =
        database.resolveCollection(namespace.substring(database.getDatabaseName().length() + 1), false);
    String field = ((Document) index.get("key")).keySet().iterator().next();
    Document expired = new Document(field, new Document("$lt", before));
    if (collection != null && collection.handleQueryAsStream(expired).findAny().isPresent()) {
      int removed = store.change(() -> collection.deleteDocuments(expired, 0));
      log.debug("{} expired documents removed from {}", removed, namespace);
    }
  }

  private static List<Document> snapshot(MongoCollection<?> collection) {
    List<Document> documents = new ArrayList<>();
    collection.queryAll().forEach(documents::add);
    return documents;
  }
}
