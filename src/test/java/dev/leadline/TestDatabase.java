package dev.leadline;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A database of its own, spoken to by the ordinary driver; one server for all tests of this JVM. */
public final class TestDatabase {

  private static final EmbeddedMongo SERVER = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));

  private static final MongoClient CLIENT = MongoClients.create(SERVER.uri());

  private final MongoTemplate mongo =
      new MongoTemplate(CLIENT, "test-" + UUID.randomUUID().toString().substring(0, 8));

  public MongoTemplate mongo() {
    return mongo;
  }
}
