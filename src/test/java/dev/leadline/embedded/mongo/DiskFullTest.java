package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.SmallDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DiskFullTest {

  @TempDir Path mount;

  private static EmbeddedMongo start(Path directory) {
    return EmbeddedMongo.start(new EmbeddedMongo.Settings(directory, "127.0.0.1", 0));
  }

  private static MongoCollection<Document> leads(MongoClient client) {
    return client.getDatabase("test").getCollection("leads");
  }

  @Test
  void writesFailWithTheReasonUntilThereIsRoomAndNothingAcknowledgedIsLost() throws Exception {
    List<Object> acknowledged = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.ofMegabytes(16, mount)) {
      Path directory = disk.directory("mongo");
      try (EmbeddedMongo mongo = start(directory);
          MongoClient client = MongoClients.create(mongo.uri())) {
        insert(client, acknowledged, "before");
        disk.fill();
        writeUntilRefused(client, acknowledged);
        assertThat(mongo.trouble()).contains("cannot write to its disk");
        assertThatThrownBy(() -> client.getDatabase("other").createCollection("new"))
            .isInstanceOf(MongoException.class)
            .hasMessageContaining("cannot write to its disk");
        assertThatThrownBy(() -> client.getDatabase("test").runCommand(new Document("hello", 1)))
            .hasMessageContaining("cannot write to its disk");
        assertThat(ids(client)).containsAll(acknowledged);
        disk.free();
        insert(client, acknowledged, "after");
        assertThat(mongo.trouble()).isNull();
        assertThat(client.getDatabase("test").runCommand(new Document("hello", 1))).containsEntry("ok", 1.0);
        disk.fill();
        writeUntilRefused(client, acknowledged);
      }
      disk.fill();
      assertThatThrownBy(() -> start(directory))
          .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(5))
          .hasMessageContaining("is full");
      disk.free();
      try (EmbeddedMongo mongo = start(directory);
          MongoClient client = MongoClients.create(mongo.uri())) {
        assertThat(ids(client)).containsAll(acknowledged).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void aStoreThatEndedIsOpenedAgain(@TempDir Path directory) throws Exception {
    List<Object> acknowledged = new ArrayList<>();
    try (EmbeddedMongo mongo = start(directory);
        MongoClient client = MongoClients.create(mongo.uri())) {
      insert(client, acknowledged, "before");
      mongo.store().close();
      assertThat(mongo.trouble()).isNotNull();
      await().atMost(Duration.ofSeconds(30)).until(() -> mongo.trouble() == null);
      await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> insert(client, acknowledged, "after"));
      assertThat(ids(client)).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  private static void writeUntilRefused(MongoClient client, List<Object> acknowledged) {
    assertThatThrownBy(() -> {
          for (int i = 0; true; i++) {
            insert(client, acknowledged, "full " + acknowledged.size() + "-" + i);
          }
        })
        .isInstanceOf(MongoException.class)
        .hasMessageContaining("cannot write to its disk");
  }

  private static boolean insert(MongoClient client, List<Object> acknowledged, String id) {
    leads(client).insertOne(new Document("_id", id).append("note", "x".repeat(2_000)));
    return acknowledged.add(id);
  }

  private static List<Object> ids(MongoClient client) {
    return leads(client).find().map(document -> document.get("_id")).into(new ArrayList<>());
  }
}
