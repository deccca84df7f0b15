package dev.leadline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.model.Gate.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> entered = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theUrgentGoBeforeThePatient() {
    var gate = new Gate(1, 10);
    gate.enter(Urgency.NUDGE, LONG);
    arrive(gate, Urgency.NUDGE, "nudge");
    arrive(gate, Urgency.INTRO, "intro");
    arrive(gate, Urgency.REPLY, "reply");
    arrive(gate, Urgency.REPLY, "later reply");

    for (int i = 0; i < 4; i++) {
      int before = entered.size();
      gate.leave();
      await().until(() -> entered.size() == before + 1);
    }
    assertThat(entered).containsExactly("reply", "later reply", "intro", "nudge");
    gate.leave();
    assertThat(gate.inside()).isZero();
  }

  @Test
  void nobodyIsOvertakenForEver() throws Exception {
    var now = new AtomicLong();
    var gate = new Gate(1, 10, now::get);
    gate.enter(Urgency.REPLY, LONG);
    arrive(gate, Urgency.INTRO, "intro");
    now.addAndGet(Duration.ofMillis(5_100).toNanos());
    arrive(gate, Urgency.REPLY, "reply that came five seconds later");

    gate.leave();
    await().until(() -> !entered.isEmpty());
    assertThat(entered).containsExactly("intro");
  }

  @Test
  void aFullQueueKeepsTheUrgent() {
    var gate = new Gate(1, 1);
    gate.enter(Urgency.REPLY, LONG);
    var nudge = arrive(gate, Urgency.NUDGE, "nudge");
    assertThatThrownBy(() -> gate.enter(Urgency.NUDGE, LONG)).hasMessageContaining("Too many questions");

    arrive(gate, Urgency.REPLY, "reply", 1);
    assertThatThrownBy(nudge::join).isInstanceOf(CompletionException.class).hasMessageContaining("Too many questions");
    gate.leave();
    await().until(() -> entered.contains("reply"));
    gate.leave();
    assertThat(gate.inside()).isZero();
    assertThat(gate.waiting()).isZero();
  }

  @Test
  void whoWaitsTooLongLeavesNoTrace() {
    var gate = new Gate(1, 10);
    gate.enter(Urgency.INTRO, LONG);
    assertThatThrownBy(() -> gate.enter(Urgency.INTRO, Duration.ofMillis(20))).hasMessageContaining("no time");
    assertThat(gate.waiting()).isZero();
    gate.leave();
    gate.enter(Urgency.INTRO, Duration.ZERO);
    assertThat(gate.inside()).isEqualTo(1);
  }

  @Test
  void neverMoreThanThereArePlaces() {
    var gate = new Gate(4, 1000);
    var most = new java.util.concurrent.atomic.AtomicInteger();
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 300; i++) {
      var urgency = Urgency.values()[i % 3];
      all.add(CompletableFuture.runAsync(() -> {
        gate.enter(urgency, LONG);
        most.accumulateAndGet(gate.inside(), Math::max);
        Thread.yield();
        gate.leave();
      }, Thread::startVirtualThread));
    }
    all.forEach(CompletableFuture::join);
    assertThat(most.get()).isBetween(1, 4);
    assertThat(gate.inside()).isZero();
    assertThat(gate.waiting()).isZero();
  }

  private CompletableFuture<Void> arrive(Gate gate, Urgency urgency, String name) {
    return arrive(gate, urgency, name, gate.waiting() + 1);
  }

  private CompletableFuture<Void> arrive(Gate gate, Urgency urgency, String name, int waitingThen) {
    var arrival = CompletableFuture.runAsync(() -> {
      gate.enter(urgency, LONG);
      entered.add(name);
    }, Thread::startVirtualThread);
    await().until(() -> gate.waiting() == waitingThen);
    return arrival;
  }
}
