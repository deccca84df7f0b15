package dev.leadline.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.LeadlineTest;
import dev.leadline.timeline.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@LeadlineTest
class LeadChangesTest {

  @Autowired Leads leads;
  @Autowired RecordOutcome recordOutcome;
  @Autowired Timeline timeline;

  private String id;

  @BeforeEach
  void aLead() {
    id = UUID.randomUUID().toString();
    leads.save(new Lead(
        id, null, id + "@acme.example", id + "@acme.example", "Jane", "Acme", null, "COO", "Fair", null,
        Lead.Start.STARTED, Lead.Stage.NEW, 0, null, null, Instant.EPOCH, Instant.EPOCH));
  }

  @Test
  void changesAtOnceAreAllKept() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Lead>> changes = IntStream.range(0, 6).<Callable<Lead>>mapToObj(
          i -> () -> leads.change(id, lead -> lead.withScore(lead.score() + 1, Lead.Tier.B))).toList();
      for (var change : threads.invokeAll(changes)) change.get();
    }
    assertThat(leads.get(id).score()).isEqualTo(6);
  }

  @Test
  void aChangeIsDatedAndWhatIsTheSameIsNotSaved() {
    Lead changed = leads.change(id, lead -> lead.withStage(Lead.Stage.QUALIFYING));
    assertThat(changed.changedAt()).isAfter(Instant.EPOCH);
    assertThat(changed.registeredAt()).isEqualTo(Instant.EPOCH);

    Lead same = leads.change(id, lead -> lead.withStage(Lead.Stage.QUALIFYING));
    assertThat(same.version()).isEqualTo(changed.version());
  }

  @ParameterizedTest
  @CsvSource({
    "contacted, CONTACTED", "closed, CLOSED", "rejected, CLOSED", "not-approved, CLOSED", "suppressed, SUPPRESSED"
  })
  void theOutcomeOfAJourneyIsTheStageOfItsLead(String outcome, Lead.Stage stage) {
    long job = ThreadLocalRandom.current().nextLong();
    recordOutcome.record(new RecordOutcome.Input(id, outcome), job);
    recordOutcome.record(new RecordOutcome.Input(id, outcome), job);

    assertThat(leads.get(id).stage()).isEqualTo(stage);
    assertThat(timeline.of(id)).hasSize(1);
  }

  @Test
  void whoWasClosedIsNotOpenedByAJourneyThatEndsLater() {
    leads.change(id, lead -> lead.withStage(Lead.Stage.CLOSED));
    for (String outcome : List.of("contacted", "answered", "closed")) {
      recordOutcome.record(new RecordOutcome.Input(id, outcome), outcome.hashCode());
      assertThat(leads.get(id).stage()).as(outcome).isEqualTo(Lead.Stage.CLOSED);
    }
    recordOutcome.record(new RecordOutcome.Input(id, "suppressed"), 45);
    recordOutcome.record(new RecordOutcome.Input(id, "closed"), 46);
    assertThat(leads.get(id).stage()).isEqualTo(Lead.Stage.SUPPRESSED);
  }

  @Test
  void anUnknownOutcomeIsNotSwallowed() {
    assertThatThrownBy(() -> recordOutcome.record(new RecordOutcome.Input(id, "won"), 43))
        .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("won");
    assertThatThrownBy(() -> recordOutcome.record(new RecordOutcome.Input(id, null), 44))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
