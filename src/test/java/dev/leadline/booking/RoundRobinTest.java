package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.booking.Meeting.State;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

class RoundRobinTest {

  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));
  private static final MongoClient CLIENT = MongoClients.create(DATABASE.uri());

  private Hosts hosts;
  private Meetings meetings;
  private RoundRobin turns;

  @BeforeEach
  void threeHosts() {
    var repositories = new MongoRepositoryFactory(new MongoTemplate(CLIENT, "turns-" + UUID.randomUUID()));
    hosts = repositories.getRepository(Hosts.class);
    meetings = repositories.getRepository(Meetings.class);
    turns = new RoundRobin(hosts, meetings, Clock.systemUTC());
    hosts.save(host("a", 1));
    hosts.save(host("b", 2));
    hosts.save(host("c", 1));
    hosts.save(host("away", 0));
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void everyoneHasWhatTheirWeightGivesThem() {
    for (int i = 0; i < 40; i++) meet("lead-" + i, turns.order("lead-" + i));
    assertThat(shares()).isEqualTo(Map.of("a", 10L, "b", 20L, "c", 10L));
  }

  @Test
  void evenWhenAllAskAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var orders = threads.invokeAll(IntStream.range(0, 40)
          .<Callable<List<Host>>>mapToObj(i -> () -> turns.order("lead-" + i)).toList());
      for (int i = 0; i < 40; i++) meet("lead-" + i, orders.get(i).resultNow());
    }
    assertThat(shares()).isEqualTo(Map.of("a", 10L, "b", 20L, "c", 10L));
  }

  @Test
  void whoMetALeadMeetsThemAgain() {
    var c = turns.order("lead-x").stream().filter(host -> host.id().equals("c")).toList();
    meet("lead-x", c);
    for (int i = 0; i < 5; i++) meet("lead-" + i, turns.order("lead-" + i));
    assertThat(turns.order("lead-x")).first().extracting(Host::id).isEqualTo("c");
  }

  private void meet(String leadId, List<Host> order) {
    var now = Instant.now();
    meetings.insert(new Meeting(
        UUID.randomUUID().toString(), null, leadId, order.getFirst().id(), State.BOOKED, "UTC", 30, List.of(), now, now, 0,
        null, UUID.randomUUID().toString(), null, null, now, now));
    turns.over(order);
  }

  private Map<String, Long> shares() {
    return List.of("a", "b", "c", "away").stream()
        .flatMap(host -> meetings.findByHostAndProposedAtAfter(host, Instant.EPOCH).stream())
        .collect(Collectors.groupingBy(Meeting::host, Collectors.counting()));
  }

  private static Host host(String id, int weight) {
    return new Host(
        id, null, id, id + "@harbor.example", "UTC", "Mon-Fri 09:00-17:00", null, 0, 0, 4, 8, weight, List.of(), "embedded",
        id, "");
  }
}
