package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {

  @TempDir Path directory;

  private EmbeddedMongo start() {
    return EmbeddedMongo.start(settings());
  }

  private EmbeddedMongo.Settings settings() {
    return new EmbeddedMongo.Settings(directory, "127.0.0.1", 0);
  }

  private static MongoCollection<Document> people(MongoClient client) {
    return client.getDatabase("test").getCollection("people");
  }

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
      people(client).insertOne(new Document("_id", 1).append("email", "a@b.example"));
    }
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      assertThat(people(client).find()).extracting(document -> document.get("email")).containsExactly("a@b.example");
      assertDuplicate(client, new Document("_id", 2).append("email", "a@b.example"));
    }
  }

  @Test
  void aDuplicateIsErrorElevenThousand() {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).createIndex(Indexes.ascending("email"), new IndexOptions().unique(true));
      people(client).insertOne(new Document("_id", 1).append("email", "a@b.example"));
      assertDuplicate(client, new Document("_id", 1).append("email", "other@b.example"));
      assertDuplicate(client, new Document("_id", 2).append("email", "a@b.example"));
      people(client).insertOne(new Document("_id", 2).append("email", "other@b.example"));
      assertThatThrownBy(
              () -> people(client).updateOne(Filters.eq(2), Updates.set("email", "a@b.example")))
          .isInstanceOfSatisfying(MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
    }
  }

  @Test
  void helloIsAnsweredAsAWritablePrimary() {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
      assertThat(hello).containsEntry("isWritablePrimary", true).containsEntry("ok", 1.0);
      assertThat(hello.getInteger("maxWireVersion")).isPositive();
    }
  }

  @Test
  void expiredDocumentsAreRemovedByThemselves() {
    Instant now = Instant.parse("2026-01-10T12:00:00Z");
    try (EmbeddedMongo mongo =
            EmbeddedMongo.start(settings(), Clock.fixed(now, ZoneOffset.UTC), Duration.ofMillis(20));
        MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).createIndex(Indexes.ascending("seen"), new IndexOptions().expireAfter(1L, TimeUnit.DAYS));
      people(client)
          .insertMany(
              List.of(
                  new Document("_id", "older").append("seen", Date.from(now.minus(Duration.ofHours(25)))),
                  new Document("_id", "newer").append("seen", Date.from(now.minus(Duration.ofHours(23)))),
                  new Document("_id", "never"),
                  new Document("_id", "no date").append("seen", "yesterday")));
      await().until(() -> people(client).countDocuments() == 3);
      assertThat(people(client).find(Filters.eq("older"))).isEmpty();
    }
  }

  @Test
  void aPlainIndexFindsWhatAScanFinds() {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client)
          .insertMany(
              List.of(
                  new Document("_id", 1).append("team", "red").append("level", 1),
                  new Document("_id", 2).append("team", "red").append("level", 2L),
                  new Document("_id", 3).append("team", List.of("blue", "red")),
                  new Document("_id", 4).append("team", null),
                  new Document("_id", 5)));
      List<Bson> queries =
          List.of(
              Filters.eq("team", "red"),
              Filters.eq("team", null),
              Filters.and(Filters.eq("team", "red"), Filters.eq("level", 2)),
              Filters.in("team", "blue", "green"),
              Filters.in("team", "blue", null),
              Filters.ne("team", "red"),
              Filters.regex("team", "^r"),
              Filters.gte("level", 1),
              Filters.eq("level", 1.0),
              Filters.or(Filters.eq("team", "blue"), Filters.eq("level", 2)));
      List<List<Object>> scanned = queries.stream().map(query -> ids(client, query)).toList();
      people(client).createIndex(Indexes.ascending("team", "level"));
      people(client).createIndex(Indexes.descending("level"));
      assertThat(queries.stream().map(query -> ids(client, query)).toList()).isEqualTo(scanned);
      people(client).updateOne(Filters.eq(1), Updates.set("team", "blue"));
      people(client).deleteOne(Filters.eq(2));
      assertThat(ids(client, Filters.eq("team", "red"))).containsExactly(3);
      assertThat(ids(client, Filters.eq("team", "blue"))).containsExactlyInAnyOrder(1, 3);
    }
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      assertThat(ids(client, Filters.eq("team", "blue"))).containsExactlyInAnyOrder(1, 3);
      people(client).drop();
      people(client).insertOne(new Document("_id", 9).append("team", "blue"));
      assertThat(ids(client, Filters.eq("team", "blue"))).containsExactly(9);
    }
  }

  @Test
  void anAnswerIsNotChangedByALaterUpdate() throws Exception {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).insertOne(new Document("_id", 1).append("a", 0).append("b", 0));
      Thread writer =
          Thread.startVirtualThread(
              () -> {
                for (int i = 1; i <= 500; i++) {
                  people(client).updateOne(Filters.eq(1), Updates.combine(Updates.inc("a", 1), Updates.inc("b", 1)));
                }
              });
      while (writer.isAlive()) {
        Document seen = people(client).find(Filters.eq(1)).first();
        assertThat(seen.get("a")).isEqualTo(seen.get("b"));
      }
      writer.join();
      assertThat(people(client).find(Filters.eq(1)).first()).containsEntry("a", 500).containsEntry("b", 500);
    }
  }

  @Test
  void aCheckpointIsNoEnd() throws Exception {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri());
        var looking = Executors.newSingleThreadExecutor()) {
      var over = new AtomicBoolean();
      var seenClosed = looking.submit(() -> {
        while (!over.get()) {
          if (!mongo.store().isOpen()) return true;
        }
        return false;
      });
      for (int i = 0; i < 100; i++) {
        client.getDatabase("test").getCollection("many" + i).insertOne(new Document("_id", 1)); // one checkpoint each
      }
      over.set(true);
      assertThat(seenClosed.get(10, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void theFileStaysSmallHoweverOftenADocumentChanges() throws IOException {
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).insertMany(IntStream.range(0, 500).mapToObj(EmbeddedMongoTest::person).toList());
      for (int i = 0; i < 1000; i++) {
        people(client).updateOne(Filters.eq(i % 500), Updates.inc("visits", 1), new UpdateOptions().upsert(true));
      }
    }
    assertThat(Files.size(directory.resolve("documents.mv.db"))).isLessThan(2_000_000);
  }

  @Test
  void theDirectoryStaysSmallHoweverManyDocumentsComeAndGo() throws IOException {
    try (EmbeddedMongo mongo = EmbeddedMongo.start(settings(), Clock.systemUTC(), Duration.ofMillis(200));
        MongoClient client = MongoClients.create(mongo.uri())) {
      for (int round = 0; round < 60; round++) {
        int first = round * 500;
        people(client).insertMany(IntStream.range(first, first + 500).mapToObj(EmbeddedMongoTest::person).toList());
        people(client).updateMany(Filters.lt("_id", first + 500), Updates.inc("visits", 1));
        people(client).deleteMany(Filters.lt("_id", first + 250));
      }
    }
    assertThat(size()).isLessThan(3_000_000);
  }

  @Test
  void whatExpiredIsNotOnDiskAnyMore() throws Exception {
    try (EmbeddedMongo mongo = EmbeddedMongo.start(settings(), Clock.systemUTC(), Duration.ofMillis(50));
        MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).createIndex(Indexes.ascending("seen"), new IndexOptions().expireAfter(1L, TimeUnit.DAYS));
      people(client)
          .insertMany(
              IntStream.range(0, 5_000)
                  .mapToObj(i -> person(i).append("seen", Date.from(Instant.now().minus(Duration.ofDays(2)))))
                  .toList());
      await().atMost(Duration.ofSeconds(30)).until(() -> people(client).countDocuments() == 0);
      // The file is tidied when nobody wrote for a while, so not at once.
      await().atMost(Duration.ofSeconds(30)).until(() -> size() < 200_000);
    }
  }

  private long size() throws IOException {
    try (var files = Files.list(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws IOException {
    Path file = directory.resolve("documents.mv.db");
    byte[] foreign = "not a database".repeat(2000).getBytes();
    Files.write(file, foreign);
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(4))
        .hasMessageContaining("documents.mv.db");
    assertThat(Files.readAllBytes(file)).isEqualTo(foreign);
  }

  @Test
  void aDatabaseWithAHoleInItIsRefusedAndLeftAlone() throws IOException {
    Path file = directory.resolve("documents.mv.db");
    try (EmbeddedMongo mongo = start(); MongoClient client = MongoClients.create(mongo.uri())) {
      people(client).insertMany(IntStream.range(0, 20_000).mapToObj(EmbeddedMongoTest::person).toList());
    }
    byte[] damaged = Files.readAllBytes(file);
    Arrays.fill(damaged, damaged.length / 3, damaged.length * 2 / 3, (byte) 0);
    Files.write(file, damaged);
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(4))
        .hasMessageContaining("documents.mv.db");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void aTakenPortIsNamedWithThePropertyThatChangesIt() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () -> EmbeddedMongo.start(new EmbeddedMongo.Settings(directory, "127.0.0.1", other.getLocalPort())))
          .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(3))
          .hasMessageContaining("leadline.embedded.mongo.port");
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static Document person(int number) {
    return new Document("_id", number).append("name", "Person " + number).append("note", "x".repeat(300) + number);
  }

  private static List<Object> ids(MongoClient client, Bson query) {
    return people(client).find(query).map(document -> document.get("_id")).into(new ArrayList<>());
  }

  private static void assertDuplicate(MongoClient client, Document document) {
    assertThatThrownBy(() -> people(client).insertOne(document))
        .isInstanceOfSatisfying(MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
  }
}
