package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import dev.leadline.embedded.ChildProcess;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoCrashTest {

  private static final int WRITERS = 8;

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
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = arguments[1] + "-" + writer;
        threads.submit(
            () -> {
              for (int i = 0; ; i++) {
                String id = name + "-" + i;
                leads.insertOne(new Document("_id", id).append("address", id + "@b.example"));
                System.out.println("stored " + id);
              }
            });
      }
    }
  }

  @Test
  void everyAcknowledgedWriteSurvivesTheDeathOfTheProcess() throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int life = 0; life < 3; life++) {
      int enough = acknowledged.size() + 1500;
      try (ChildProcess child = ChildProcess.start(Writing.class, directory.toString(), "life" + life)) {
        while (acknowledged.size() < enough) {
          String line = child.line();
          assertThat(line).isNotNull();
          if (line.startsWith("stored ")) {
            acknowledged.add(line.substring("stored ".length()));
          }
        }
        child.kill();
        child.lines().stream()
            .filter(line -> line.matches("stored life\\d+-\\d+-\\d+"))
            .forEach(line -> acknowledged.add(line.substring("stored ".length())));
      }
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.start(new EmbeddedMongo.Settings(directory, "127.0.0.1", 0));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> leads = client.getDatabase("test").getCollection("leads");
      Set<String> stored = new HashSet<>();
      leads.find().forEach(lead -> stored.add(lead.getString("_id")));
      assertThat(stored).containsAll(acknowledged);
      assertThat(stored.size() - acknowledged.size()).isLessThanOrEqualTo(3 * WRITERS);
      // Neither index entries without a document nor documents without an index entry.
      for (int writer = 0; writer < WRITERS; writer++) {
        for (int life = 0; life < 3; life++) {
          assertNothingIsHalf(leads, stored, "life%d-%d-".formatted(life, writer));
        }
      }
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
