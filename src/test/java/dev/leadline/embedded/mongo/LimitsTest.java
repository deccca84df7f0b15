package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.WriteConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CollationStrength;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits that docs/operate.md lists, each as it is written there. */
class LimitsTest {

  private static EmbeddedMongo mongo;
  private static MongoClient client;
  private MongoDatabase database;
  private MongoCollection<Document> people;

  @BeforeAll
  static void start(@TempDir Path directory) {
    mongo = EmbeddedMongo.start(new EmbeddedMongo.Settings(directory, "127.0.0.1", 0));
    client = MongoClients.create(mongo.uri());
  }

  @AfterAll
  static void end() {
    client.close();
    mongo.close();
  }

  @BeforeEach
  void people() {
    database = client.getDatabase("test");
    database.drop();
    people = database.getCollection("people");
    people.insertOne(new Document("_id", 1).append("name", "Anna").append("born", new Date()).append("size", 1.5));
  }

  static Stream<Named<Consumer<MongoDatabase>>> refused() {
    return Stream.of(
        says("sessions and transactions", database -> {
          try (ClientSession session = client.startSession()) {
            session.startTransaction();
            database.getCollection("people").insertOne(session, new Document());
            session.commitTransaction();
          }
        }),
        computed("$dateTrunc", "{$dateTrunc: {date: '$born', unit: 'day'}}"),
        computed("$dateDiff", "{$dateDiff: {startDate: '$born', endDate: '$born', unit: 'day'}}"),
        computed("$switch", "{$switch: {branches: [{case: true, then: 1}], default: 2}}"),
        computed("$round", "{$round: ['$size', 0]}"),
        computed("$regexMatch", "{$regexMatch: {input: '$name', regex: 'A'}}"),
        stage("$setWindowFields", "{$setWindowFields: {sortBy: {_id: 1}, output: {n: {$sum: 1}}}}"),
        stage("$percentile", "{$group: {_id: null, p: {$percentile: {input: '$size', p: [0.5], method: 'approximate'}}}}"),
        says("updates by pipeline", database ->
            database.getCollection("people").updateOne(Filters.eq(1), List.of(Document.parse("{$set: {a: 1}}")))),
        says("$text", database -> database.getCollection("people").find(Filters.text("Anna")).first()),
        stage("$vectorSearch", "{$vectorSearch: {index: 'i', path: 'v', queryVector: [1], numCandidates: 1, limit: 1}}"),
        says("explain", database -> database.getCollection("people").find().explain()),
        says("renameCollection", database ->
            database.getCollection("people").renameCollection(new MongoNamespace("test", "others"))),
        says("change streams", database -> database.getCollection("people").watch().cursor().tryNext()));
  }

  private static Named<Consumer<MongoDatabase>> says(String what, Consumer<MongoDatabase> use) {
    return Named.of(what, use);
  }

  private static Named<Consumer<MongoDatabase>> computed(String what, String expression) {
    return stage(what, "{$addFields: {computed: " + expression + "}}");
  }

  private static Named<Consumer<MongoDatabase>> stage(String what, String stage) {
    return says(what, database -> database.getCollection("people").aggregate(List.of(Document.parse(stage))).first());
  }

  @ParameterizedTest
  @MethodSource
  void refused(Consumer<MongoDatabase> use) {
    assertThatThrownBy(() -> use.accept(database)).isInstanceOf(MongoException.class);
    assertThat(people.find()).hasSize(1);
  }

  @Test
  void aPartialUniqueIndexIsUniqueOverAllDocuments() {
    people.createIndex(
        Indexes.ascending("name"), new IndexOptions().unique(true).partialFilterExpression(Filters.eq("size", 99)));
    assertThatThrownBy(() -> people.insertOne(new Document("name", "Anna"))).hasMessageContaining("E11000");
  }

  @Test
  void collationsAreIgnored() {
    Collation ignoringCase = Collation.builder().locale("en").collationStrength(CollationStrength.PRIMARY).build();
    assertThat(people.find(Filters.eq("name", "anna")).collation(ignoringCase)).isEmpty();
  }

  @Test
  void viewsAreEmpty() {
    database.createView("view", "people", List.of());
    assertThat(database.getCollection("view").find()).isEmpty();
  }

  @Test
  void writeConcernsAreAccepted() {
    people.withWriteConcern(WriteConcern.MAJORITY).insertOne(new Document("_id", 2));
    people.withWriteConcern(WriteConcern.W3).insertOne(new Document("_id", 3));
    assertThat(people.find()).hasSize(3);
  }

  @Test
  void anOrderedBulkUpdateGoesOnAfterAnError() {
    people.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
    people.insertMany(List.of(new Document("_id", 2).append("name", "Ben"), new Document("_id", 3).append("name", "Cleo")));
    List<WriteModel<Document>> bulk = new ArrayList<>();
    bulk.add(new UpdateOneModel<>(Filters.eq(2), Updates.set("name", "Anna")));
    bulk.add(new UpdateOneModel<>(Filters.eq(3), Updates.set("name", "Dora")));
    assertThatThrownBy(() -> people.bulkWrite(bulk)).isInstanceOf(MongoBulkWriteException.class);
    assertThat(people.find(Filters.eq(3)).first()).containsEntry("name", "Dora");
  }
}
