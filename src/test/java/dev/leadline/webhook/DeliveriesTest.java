package dev.leadline.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.TestDatabase;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.relay.RelaySettings;
import dev.leadline.timeline.Happening;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Real calls to a server of a subscriber that behaves well or badly. */
class DeliveriesTest {

  private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

  private final TestDatabase database = new TestDatabase();
  private final ProviderServer receiver = new ProviderServer().usually(asked -> Answer.json("{}"));
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final Subscribers subscribers = new Subscribers(
      new MongoRepositoryFactory(database.mongo()).getRepository(Subscriptions.class), CLOCK);
  private Post post;
  private Relay relay;
  private Announcements announcements;

  private void begin(boolean privateAddresses) {
    var settings = new WebhookSettings(
        List.of(), Duration.ofMinutes(5), privateAddresses, List.of(Duration.ofMillis(20), Duration.ofMillis(20)), 4, 2,
        Duration.ofDays(1), URI.create("https://leads.our.example"));
    post = new Post(settings);
    var deliveries = new Deliveries(subscribers, post, settings, CLOCK);
    relay = new Relay(
        "webhook_deliveries", new RelaySettings(settings.retry(), 4, settings.keep()), deliveries, database.mongo(),
        scheduler, CLOCK);
    announcements = new Announcements(subscribers, relay, settings);
  }

  @AfterEach
  void stop() {
    scheduler.close();
    if (post != null) post.close();
    receiver.close();
  }

  @Test
  void whoSubscribedIsCalledWithASignatureAndNothingAboutThePerson() throws Exception {
    begin(true);
    var subscription = subscribe("mail.sent");
    subscribe("lead.suppressed");

    happens("mail.sent", "lead-1", 1);
    happens("mail.sent", "lead-1", 1);

    await().until(() -> relay.count(State.DONE) == 1);
    Asked call = receiver.asked.getFirst();
    assertThat(receiver.asked).hasSize(1);
    assertThat(new ObjectMapper().readTree(call.body())).isEqualTo(new ObjectMapper().readTree("""
        {"type": "mail.sent", "timestamp": "2026-03-02T09:30:00Z", "data": {"leadId": "lead-1",
         "page": "https://leads.our.example/leads/lead-1", "lead": "https://leads.our.example/api/v1/leads/lead-1"}}"""));
    assertThat(isGood(call, subscription.secret())).isTrue();
    assertThat(isGood(call, "whsec_YW5vdGhlcg==")).isFalse();
  }

  @Test
  void bothSecretsSignWhileOneFollowsTheOther() {
    begin(true);
    var before = subscribe("mail.sent");
    var after = subscribers.change(before.id(), known -> known.withSecret(Seal.newSecret(), CLOCK.instant())).orElseThrow();
    happens("mail.sent", "lead-1", 1);

    await().until(() -> relay.count(State.DONE) == 1);
    assertThat(isGood(receiver.asked.getFirst(), before.secret())).isTrue();
    assertThat(isGood(receiver.asked.getFirst(), after.secret())).isTrue();
  }

  @Test
  void aCallThatFailsIsMadeAgainInOrderWithTheSameId() {
    begin(true);
    subscribe("*");
    receiver.then(500, "").thenHangsUp();
    for (int number = 1; number <= 3; number++) happens("mail.sent", "lead-1", number);

    await().until(() -> relay.count(State.DONE) == 3);
    var ids = receiver.asked.stream().map(call -> call.header(Seal.ID)).toList();
    assertThat(ids).hasSize(5);
    assertThat(ids.subList(0, 3)).containsOnly(ids.getFirst());
    assertThat(ids.subList(2, 5)).doesNotHaveDuplicates();
  }

  @Test
  void whoNeverAnswersIsSwitchedOffAndAPersonMakesTheCallsAgain() {
    begin(true);
    var subscription = subscribe("mail.sent");
    receiver.usually(asked -> Answer.json(503, "{}"));
    happens("mail.sent", "lead-1", 1);
    happens("mail.sent", "lead-2", 2);

    await().until(() -> relay.count(State.DEAD) == 2);
    await().until(() -> !subscribers.find(subscription.id()).orElseThrow().on());
    assertThat(subscribers.find(subscription.id()).orElseThrow().off()).isEqualTo("2 deliveries in a row were given up");
    assertThat(relay.list(State.DEAD, 0, 9)).extracting(Parcel::because).containsOnly("The address answered with status 503");
    int calls = receiver.asked.size();
    happens("mail.sent", "lead-1", 3);
    assertThat(receiver.asked).hasSize(calls);

    receiver.usually(asked -> Answer.json("{}"));
    subscribers.change(subscription.id(), Subscription::switchedOn);
    assertThat(relay.replayAll(Optional.empty())).isEqualTo(2);
    await().until(() -> relay.count(State.DONE) == 2);
    assertThat(subscribers.find(subscription.id()).orElseThrow().failures()).isZero();
  }

  @Test
  void goneMeansGone() {
    begin(true);
    var subscription = subscribe("mail.sent");
    receiver.then(410, "");
    happens("mail.sent", "lead-1", 1);

    await().until(() -> relay.count(State.DEAD) == 1);
    assertThat(subscribers.find(subscription.id()).orElseThrow().off()).isEqualTo("The address answered 410: gone");
    assertThat(receiver.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "http://[::1]:%d/", "http://169.254.169.254/latest"})
  void nothingInsideIsCalled(String address) {
    begin(false);
    subscribers.add(subscription(URI.create(address.formatted(receiver.address().getPort())), "mail.sent"));
    happens("mail.sent", "lead-1", 1);

    await().until(() -> relay.count(State.DEAD) == 1);
    assertThat(relay.list(State.DEAD, 0, 1).getFirst().because()).isEqualTo("The address is not a public address");
    assertThat(receiver.asked).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowed() {
    begin(true);
    subscribe("mail.sent");
    var elsewhere = Map.of("Location", receiver.address() + "/elsewhere");
    for (int i = 0; i < 3; i++) receiver.then(302, elsewhere, "");
    happens("mail.sent", "lead-1", 1);

    await().until(() -> relay.count(State.DEAD) == 1);
    assertThat(receiver.asked).extracting(Asked::path).containsOnly("/hook");
  }

  private Subscription subscribe(String event) {
    return subscribers.add(subscription(URI.create(receiver.address() + "/hook"), event));
  }

  private static Subscription subscription(URI url, String event) {
    return new Subscription(
        "sub-" + event, null, url, List.of(event), Seal.newSecret(), null, null, 0, null, CLOCK.instant());
  }

  private void happens(String event, String leadId, int number) {
    announcements.happened(new Happening(
        event, leadId + "/outreach/" + number + ":sent", leadId, null, Instant.parse("2026-03-02T09:30:00Z")));
  }

  private static boolean isGood(Asked call, String secret) {
    return Seal.isGood(
        List.of(secret), Duration.ofMinutes(5), Instant.now(), call.header(Seal.ID), call.header(Seal.TIME),
        call.header(Seal.SIGNATURE), call.body());
  }
}
