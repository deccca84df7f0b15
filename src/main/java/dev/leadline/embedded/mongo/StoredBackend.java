package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerException;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Answers the commands of the MongoDB protocol from the store; a write is on disk before it is answered. */
final class StoredBackend extends AbstractMongoBackend {

  private static final Set<String> READS =
      Set.of(
          "buildinfo", "collstats", "connectionstatus", "count", "dbstats", "distinct", "find", "getlasterror",
          "getlog", "getmore", "ismaster", "killcursors", "listcollections", "listindexes", "ping", "serverstatus",
          "whatsmyuri");

  private final DurableStore store;

  StoredBackend(DurableStore store) {
    this.store = store;
    store.databases().forEach(this::resolveDatabase);
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    String name = command.toLowerCase(Locale.ROOT);
    if (name.equals("hello")) {
      store.requireWritable();
      return super.handleCommand(channel, database, "ismaster", query).append("isWritablePrimary", true);
    }
    if (name.equals("renamecollection")) {
      throw new MongoServerException("renameCollection is not supported by the embedded MongoDB");
    }
    if (READS.contains(name) || name.equals("aggregate") && !writes(query)) {
      return store.read(() -> super.handleCommand(channel, database, command, query));
    }
    return store.change(() -> super.handleCommand(channel, database, command, query));
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StoredDatabase(store, name, getCursorRegistry());
  }

  Set<String> databases() {
    return listDatabaseNames();
  }

  private static boolean writes(Document aggregate) {
    return aggregate.get("pipeline") instanceof List<?> stages
        && !stages.isEmpty()
        && stages.getLast() instanceof Document last
        && (last.containsKey("$out") || last.containsKey("$merge"));
  }
}
