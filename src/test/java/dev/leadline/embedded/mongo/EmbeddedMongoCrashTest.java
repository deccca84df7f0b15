package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.leadline.embedded.ChildProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoCrashTest {

  private static final int WRITERS = 8;
  private static final int LIVES = 5;

  @TempDir Path directory;

  /** Writes until it is killed, and says what was acknowledged. */
  static final class Writing {

    public static void main(String[] arguments) {
      EmbeddedMongo mongo =
          EmbeddedMongo.start(
              new EmbeddedMongo.Settings(Path.of(arguments[0]), "127.0.0.1", 0),
              Clock.systemUTC(),
              Duration.ofMillis(50));
      MongoClient client = MongoClients.create(mongo.uri());
      MongoCollection<Document> leads = client.getDatabase("test").getCollection("leads");
      leads.createIndex(Indexes.ascending("address"), new IndexOptions().unique(true));
      MongoCollection<Document> counters = client.getDatabase("test").getCollection("counters");
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = arguments[1] + "-" + writer;
        threads.submit(
            () -> {
              for (int i = 0; ; i++) {
                String id = name + "-" + i;
                leads.insertOne(new Document("_id", id).append("address", id + "@b.example"));
                System.out.println("stored " + id);
                counters.updateOne(Filters.eq(name), Updates.inc("count", 1), new UpdateOptions().upsert(true));
                System.out.println("counted " + name);
              }
            });
      }
    }
  }

  @Test
  void everyAcknowledgedWriteSurvivesTheDeathOfTheProcess() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    Map<String, Integer> counted = new HashMap<>();
    Random random = new Random(4);
    for (int life = 0; life < LIVES; life++) {
      try (ChildProcess child = ChildProcess.start(Writing.class, directory.toString(), "life" + life)) {
        int enough = acknowledged.size() + 1 + random.nextInt(800);
        while (acknowledged.size() < enough) {
          String line = child.line();
          assertThat(line).isNotNull();
          note(line, acknowledged, counted);
        }
        child.kill();
        child.lines().forEach(line -> note(line, acknowledged, counted));
      }
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.start(new EmbeddedMongo.Settings(directory, "127.0.0.1", 0));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> leads = client.getDatabase("test").getCollection("leads");
      Set<String> stored = new HashSet<>();
      leads.find().forEach(lead -> stored.add(lead.getString("_id")));
      assertThat(stored).containsAll(acknowledged);
      assertThat(stored.size() - acknowledged.size()).isLessThanOrEqualTo(LIVES * WRITERS);
      // Each writer waits for its answer, so at most the last count of each is unsure, and none is counted twice.
      MongoCollection<Document> counters = client.getDatabase("test").getCollection("counters");
      counted.forEach((name, count) ->
          assertThat(counters.find(Filters.eq(name)).first().getInteger("count")).isBetween(count, count + 1));
      // Neither index entries without a document nor documents without an index entry.
      for (int writer = 0; writer < WRITERS; writer++) {
        for (int life = 0; life < LIVES; life++) {
          assertNothingIsHalf(leads, stored, "life%d-%d-".formatted(life, writer));
        }
      }
    }
  }

  private static void note(String line, Set<String> acknowledged, Map<String, Integer> counted) {
    if (line.matches("stored life\\d+-\\d+-\\d+")) {
      acknowledged.add(line.substring("stored ".length()));
    } else if (line.matches("counted life\\d+-\\d+")) {
      counted.merge(line.substring("counted ".length()), 1, Integer::sum);
    }
  }

  private static void assertNothingIsHalf(MongoCollection<Document> leads, Set<String> stored, String prefix) {
    long count = stored.stream().filter(id -> id.startsWith(prefix)).count();
    String last = prefix + (count - 1);
    assertThat(leads.find(Filters.eq("address", last + "@b.example")).first()).isNotNull();
    String next = prefix + count;
    leads.insertOne(new Document("_id", next).append("address", next + "@b.example"));
  }
}
