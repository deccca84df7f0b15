package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/** The H2 backend, except that a write is on disk before it is answered, and that it answers {@code hello}. */
final class DurableBackend extends H2Backend {

  private static final Set<String> READS =
      Set.of(
          "buildinfo", "collstats", "connectionstatus", "count", "dbstats", "distinct", "find", "getlasterror",
          "getlog", "getmore", "ismaster", "killcursors", "listcollections", "listindexes", "ping", "serverstatus",
          "whatsmyuri");

  private final MVStore store;
  private final GroupCommit commits;

  DurableBackend(MVStore store, GroupCommit commits) {
    super(store);
    this.store = store;
    this.commits = commits;
  }

  @Override
  public Document handleCommand(Channel channel, String database, String command, Document query) {
    String name = command.toLowerCase(Locale.ROOT);
    if (name.equals("hello")) {
      return super.handleCommand(channel, database, "ismaster", query).append("isWritablePrimary", true);
    }
    if (READS.contains(name) || name.equals("aggregate") && !writes(query)) {
      return reading(() -> super.handleCommand(channel, database, command, query));
    }
    return commits.change(() -> super.handleCommand(channel, database, command, query));
  }

  Set<String> databases() {
    return listDatabaseNames();
  }

  /** Keeps the version of the store that is being read, however many commits come meanwhile. */
  private <T> T reading(Supplier<T> command) {
    MVStore.TxCounter version = store.registerVersionUsage();
    try {
      return command.get();
    } finally {
      store.deregisterVersionUsage(version);
    }
  }

  private static boolean writes(Document aggregate) {
    return aggregate.get("pipeline") instanceof List<?> stages
        && !stages.isEmpty()
        && stages.getLast() instanceof Document last
        && (last.containsKey("$out") || last.containsKey("$merge"));
  }
}
