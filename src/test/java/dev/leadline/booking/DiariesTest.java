package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.calendar.Span;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Many who want the same time of the same host, with a real database. */
class DiariesTest {

  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));
  private static final MongoClient CLIENT = MongoClients.create(DATABASE.uri());
  private static final Instant TEN = Instant.parse("2999-05-04T10:00:00Z");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private final Host host = OpeningsTest.host("h", "UTC", "Mon-Fri 09:00-17:00", null, 10, 100);
  private Diaries diaries;

  @BeforeEach
  void newDatabase() {
    diaries = diaries();
  }

  private Diaries diaries() {
    return new Diaries(new MongoTemplate(CLIENT, "diaries-" + UUID.randomUUID()), Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
  }

  @Test
  void ofManyWhoBookOneTimeAtOnceOneHasIt() throws Exception {
    var booked = atOnce(64, number -> diaries.book(host, "m" + number, Span.of(TEN, HALF_HOUR)));

    assertThat(booked).filteredOn(yes -> yes).hasSize(1);
    assertThat(diaries.of(host).entries()).hasSize(1);
  }

  @Test
  void manyWhoHoldAndBookAndReleaseNeverOverlap() throws Exception {
    atOnce(48, number -> {
      var random = ThreadLocalRandom.current();
      for (int i = 0; i < 5; i++) {
        Span time = Span.of(TEN.plus(Duration.ofMinutes(10L * random.nextInt(30))), HALF_HOUR);
        if (diaries.hold(host, "m" + number, List.of(time), TEN)
            && random.nextBoolean()) diaries.book(host, "m" + number, time);
        else if (random.nextInt(4) == 0) diaries.release(host.id(), "m" + number);
      }
      return true;
    });

    var times = diaries.of(host).entries();
    assertThat(times).isNotEmpty();
    for (var one : times) {
      assertThat(times).filteredOn(other -> other != one && host.around(one.time()).overlaps(other.time())).isEmpty();
    }
  }

  @Test
  void aHoldThatNobodyReleasedEndsByItself() {
    var time = Span.of(TEN, HALF_HOUR);
    assertThat(diaries.hold(host, "m1", List.of(time), Instant.now().minusSeconds(1))).isTrue();
    assertThat(diaries.book(host, "m2", time)).isTrue();
    assertThat(diaries.of(host).entries()).extracting(Diary.Entry::meeting).containsExactly("m2");
  }

  @Test
  void movingFreesWhatWasBooked() {
    var ten = Span.of(TEN, HALF_HOUR);
    var quarterPast = Span.of(TEN.plus(Duration.ofMinutes(15)), HALF_HOUR);
    diaries.book(host, "m1", ten);
    assertThat(diaries.book(host, "m2", quarterPast)).isFalse();
    assertThat(diaries.book(host, "m1", quarterPast)).as("it is in its own way no more").isTrue();
    assertThat(diaries.of(host).entries()).extracting(Diary.Entry::start).containsExactly(quarterPast.start());
  }

  @Test
  void aDayTakesNoMoreThanItsMost() {
    var busy = OpeningsTest.host("h", "UTC", "Mon-Fri 09:00-17:00", null, 0, 2);
    for (int i = 0; i < 4; i++) {
      Span time = Span.of(TEN.plus(Duration.ofHours(i)), HALF_HOUR);
      assertThat(diaries.book(busy, "m" + i, time)).isEqualTo(i < 2);
    }
    assertThat(diaries.book(busy, "m9", Span.of(TEN.plus(Duration.ofDays(1)), HALF_HOUR))).isTrue();
  }

  private interface Task {
    boolean run(int number) throws Exception;
  }

  private static List<Boolean> atOnce(int threads, Task task) throws Exception {
    try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = IntStream.range(0, threads).<Callable<Boolean>>mapToObj(number -> () -> task.run(number)).toList();
      var results = new ArrayList<Boolean>();
      for (var one : all.invokeAll(tasks)) results.add(one.get());
      return results;
    }
  }
}
