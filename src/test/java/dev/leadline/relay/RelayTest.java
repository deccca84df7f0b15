package dev.leadline.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.TestDatabase;
import dev.leadline.relay.Parcel.State;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class RelayTest {

  private static final Duration SOON = Duration.ofMillis(20);

  private final TestDatabase database = new TestDatabase();
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final List<String> carried = new CopyOnWriteArrayList<>();
  private final List<String> dead = new CopyOnWriteArrayList<>();
  private volatile Function<Parcel, String> road = parcel -> "arrived";

  private final Carrier carrier = new Carrier() {
    @Override
    public String carry(Parcel parcel) {
      String words = road.apply(parcel);
      carried.add(parcel.id());
      return words;
    }

    @Override
    public void gaveUp(Parcel parcel, String because) {
      dead.add(parcel.id() + ": " + because);
    }

    @Override
    public String words(RuntimeException failure) {
      return failure.getMessage();
    }
  };

  private final Relay relay = relay();

  private Relay relay() {
    return new Relay(
        "parcels", new RelaySettings(List.of(SOON, SOON), 4, Duration.ofDays(1)), carrier, database.mongo(), scheduler,
        Clock.tickMillis(ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  @Test
  void theSameThingIsCarriedOnce() {
    assertThat(add("a", "lane")).isTrue();
    assertThat(add("a", "lane")).isFalse();

    await().until(() -> relay.count(State.DONE) == 1);
    assertThat(carried).containsExactly("a");
    assertThat(relay.find("a").orElseThrow().because()).isEqualTo("arrived");
  }

  @Test
  void aLaneKeepsItsOrderAndManyLanesAllArrive() {
    road = parcel -> {
      if (parcel.id().endsWith("-0") && !parcel.again()) throw new IllegalStateException("away");
      return "arrived";
    };
    for (int number = 0; number < 5; number++)
      for (int lane = 0; lane < 20; lane++) add(lane + "-" + number, "lane " + lane);

    await().untilAsserted(() -> assertThat(relay.count(State.DONE)).isEqualTo(100));
    for (int lane = 0; lane < 20; lane++) {
      String mine = lane + "-";
      assertThat(carried.stream().filter(id -> id.startsWith(mine)))
          .containsExactlyElementsOf(IntStream.range(0, 5).mapToObj(number -> mine + number).toList());
    }
  }

  @Test
  void whatFailsTooOftenIsADeadLetterThatLetsTheNextOnePassAndCanBeSentAgain() {
    road = parcel -> {
      if (parcel.id().equals("a")) throw new IllegalStateException("away");
      return "arrived";
    };
    add("a", "lane");
    add("b", "lane");

    await().until(() -> carried.contains("b"));
    var given = relay.find("a").orElseThrow();
    assertThat(given.state()).isEqualTo(State.DEAD);
    assertThat(given.attempts()).isEqualTo(3);
    assertThat(dead).containsExactly("a: away");

    road = parcel -> "arrived";
    assertThat(relay.replay("a")).isTrue();
    await().until(() -> carried.contains("a"));
    assertThat(relay.replay("a")).isFalse();
    assertThat(relay.replay("unknown")).isFalse();
  }

  @Test
  void whatCannotBeDeliveredIsNotTriedAgain() {
    road = parcel -> {
      throw new Undeliverable("nobody lives there");
    };
    add("a", "one");
    add("b", "two");

    await().until(() -> relay.count(State.DEAD) == 2);
    assertThat(relay.list(State.DEAD, 0, 10)).extracting(Parcel::id).containsExactly("b", "a");
    assertThat(relay.find("a").orElseThrow().attempts()).isEqualTo(1);

    road = parcel -> "arrived";
    assertThat(relay.replayAll(Optional.of("one"))).isEqualTo(1);
    assertThat(relay.replayAll(Optional.empty())).isEqualTo(1);
    await().until(() -> relay.count(State.DONE) == 2);
  }

  @Test
  void anotherApplicationCarriesWhatThisOneLeftBehindAndNothingTwice() {
    var held = new CountDownLatch(1);
    road = parcel -> {
      hold(held);
      return "arrived";
    };
    add("a", "lane");
    await().until(() -> relay.find("a").orElseThrow().attempts() == 1);
    var other = relay();
    other.sweep();
    held.countDown();

    await().until(() -> relay.count(State.DONE) == 1);
    assertThat(carried).containsExactly("a");
  }

  private boolean add(String id, String lane) {
    return relay.add(id, lane, "thing", null, Map.of());
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
