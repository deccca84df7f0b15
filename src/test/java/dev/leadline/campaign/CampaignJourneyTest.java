package dev.leadline.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.Drawings;
import dev.leadline.JourneyTest;
import dev.leadline.campaign.Execution.State;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.sending.Holds;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.process.test.api.CamundaProcessTestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.mongodb.core.MongoOperations;

/** Campaigns on their drawn way with the real engine, steps, tables and database; people come from the sandbox. */
@JourneyTest
class CampaignJourneyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Autowired CamundaClient camunda;
  @Autowired CamundaProcessTestContext engine;
  @Autowired Campaigns campaigns;
  @Autowired Runs runs;
  @Autowired Executions executions;
  @Autowired TellEngine tell;
  @Autowired Prospects prospects;
  @Autowired Exclusions exclusions;
  @Autowired Holds holds;
  @Autowired LogEntries log;
  @Autowired Leads leads;
  @Autowired Attributions attributions;
  @Autowired LastAnswers answers;
  @Autowired Timeline timeline;
  @Autowired MongoOperations mongo;
  @Autowired Clock clock;

  @BeforeEach
  void deployWithSmallBatches() throws Exception {
    Drawings.deploy(camunda);
    var drawn = Files.readString(Path.of("bpmn/campaign.bpmn")).replace("source=\"=25\"", "source=\"=3\"");
    camunda.newDeployResourceCommand().addResourceStringUtf8(drawn, "campaign.bpmn").execute();
    mongo.remove(query(where("leadSource").is("Prospect list: Sandbox")), Lead.class);
    mongo.remove(query(where("state").exists(true)), Prospect.class);
  }

  @Test
  void aRunLetsInWhoFitsAndSaysOfEverybodyElseWhyNot() {
    var known = known("jens.petersen@nordkap-logistik.example");
    exclusions.save(new Exclusion("carter-lowe.example", Exclusion.Kind.COMPETITOR, null, "Robin", clock.instant()));

    var run = start("Germany", "United Kingdom");

    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.FOUND).isEmpty() && found(run).size() == 8);
    assertThat(found(run)).extracting(Prospect::name, Prospect::state, Prospect::because).containsExactlyInAnyOrder(
        tuple("Jens Petersen", Prospect.State.DUPLICATE, "Is a lead already"),
        tuple("Katrin Vogt", Prospect.State.REGISTERED, null),
        tuple("Miriam Adler", Prospect.State.REGISTERED, null),
        tuple("Info Weiß Präzision", Prospect.State.EXCLUDED, "The address belongs to a desk, not to a person"),
        tuple("Helen Marlowe", Prospect.State.EXCLUDED, "Their company has an open opportunity"),
        tuple("Stuart Pike", Prospect.State.EXCLUDED, "Their company has an open opportunity"),
        tuple("Samira Hassan", Prospect.State.REGISTERED, null),
        tuple("James Whitlock", Prospect.State.EXCLUDED, "Belongs to a competitor"));
    assertThat(found(run, Prospect.State.DUPLICATE)).extracting(Prospect::leadId).containsExactly(known.id());

    var katrin = leads.findByAddress("katrin.vogt@nordkap-logistik.example").orElseThrow();
    assertThat(attributions.findById(katrin.id())).hasValueSatisfying(attribution -> {
      assertThat(attribution.executionId()).isEqualTo(run.id());
      assertThat(attribution.source()).isEqualTo("Sandbox");
      assertThat(attribution.basis()).isEqualTo("legitimate-interest");
    });
    assertThat(timeline.of(katrin.id())).extracting(TimelineEntry::text)
        .contains("Found by a campaign", "Is a lead of the campaign “North”: did not write to us.");
    await().atMost(PATIENCE).until(() -> leads.get(katrin.id()).score() != null);
  }

  @Test
  void itEndsWithFinalFiguresWhenItsLeadsHaveComeToRest() {
    var run = start("Lithuania");
    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.REGISTERED).size() == 2);
    for (var one : found(run)) leads.change(one.leadId(), lead -> lead.withStage(Lead.Stage.CLOSED));

    await().atMost(PATIENCE).until(
        () -> {
          engine.increaseTime(Duration.ofDays(8));
          return executions.get(run.id());
        },
        now -> now.state() == State.COMPLETED);
    var ended = executions.get(run.id());
    assertThat(ended.figures().leads()).isEqualTo(2);
    assertThat(ended.searched()).isEqualTo("nobody else fits");
    assertThat(ended.finishedAt()).isNotNull();
    assertThat(texts(run)).contains("Started by Robin.", "Looked at 2 more people; the search is over: nobody else fits.", "The run is completed.");
  }

  @Test
  void aPauseStopsItInTheMiddleAndItGoesOnWhereItStood() {
    var run = start("United States", "Poland");
    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.REGISTERED).size() >= 1);

    runs.pause(run.id(), "Robin");
    await().atMost(PATIENCE).until(() -> waitsFor("CatchEvent_Resumed"));
    long atPause = found(run).size();
    assertThat(atPause).isLessThan(10);
    engine.increaseTime(Duration.ofDays(1));
    assertThat(runs.pause(run.id(), "Robin").state()).isEqualTo(State.PAUSED);
    assertThat(found(run)).hasSize((int) atPause);
    assertThat(holds.all()).anySatisfy(hold -> {
      assertThat(hold.who()).isEqualTo(run.id());
      assertThat(hold.because()).isEqualTo("the campaign “North” is paused");
    });

    runs.resume(run.id(), "Robin");
    assertThat(holds.all()).noneMatch(hold -> hold.who().equals(run.id()));
    await().atMost(PATIENCE).until(
        () -> {
          engine.increaseTime(Duration.ofSeconds(15));
          return found(run, Prospect.State.FOUND).isEmpty() && executions.get(run.id()).searched() != null;
        });
    assertThat(found(run)).hasSize(10);
    assertThat(found(run)).extracting(Prospect::sourceId).doesNotHaveDuplicates();
    assertThat(executions.get(run.id()).untold()).isEmpty();
    assertThat(texts(run)).contains("Paused by Robin.", "Resumed by Robin.");
  }

  @Test
  void aCancelledRunEndsAtOnceWithItsFigures() {
    var run = start("Norway");
    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.REGISTERED).size() == 1);

    runs.cancel(run.id(), "Wrong market", "Robin");

    await().atMost(PATIENCE).until(() -> executions.get(run.id()).figures() != null);
    assertThat(executions.get(run.id())).satisfies(ended -> {
      assertThat(ended.state()).isEqualTo(State.CANCELLED);
      assertThat(ended.because()).isEqualTo("Wrong market");
      assertThat(ended.figures().leads()).isEqualTo(1);
    });
    await().atMost(PATIENCE).until(() -> camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("campaign").state(ProcessInstanceState.ACTIVE))
        .execute().items().isEmpty());
  }

  @Test
  void whoHasNotAnsweredGetsNothingMoreOfACancelledRunAndTheOthersGoOn() {
    var run = start("Germany", "United Kingdom");
    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.REGISTERED).size() >= 2);
    var ids = found(run, Prospect.State.REGISTERED).stream().map(Prospect::leadId).toList();
    await().atMost(PATIENCE).until(() -> ids.stream().allMatch(this::onTheirJourney));
    String answered = ids.getFirst();
    answers.save(new LastAnswer(answered, "message-1", clock.instant()));

    runs.cancel(run.id(), "Wrong market", "Robin");
    assertThat(holds.all()).as("until their journeys have ended").anyMatch(hold -> hold.who().equals(run.id()));

    for (String id : ids.subList(1, ids.size())) {
      await().atMost(PATIENCE).until(() -> !onTheirJourney(id));
      await().atMost(PATIENCE).until(() -> leads.get(id).stage() == Lead.Stage.CLOSED);
      assertThat(timeline.of(id)).extracting(TimelineEntry::text).containsSubsequence(
          "The campaign “North” was cancelled: nothing more of it is sent",
          "The journey ended: their campaign was cancelled");
      assertThat(timeline.of(id)).filteredOn(entry -> entry.step().equals("stop-leads"))
          .flatExtracting(TimelineEntry::details).containsExactly("Wrong market");
    }
    await().atMost(PATIENCE).until(() -> holds.all().stream().noneMatch(hold -> hold.who().equals(run.id())));
    assertThat(executions.get(run.id()).figures()).isNotNull();
    assertThat(onTheirJourney(answered)).isTrue();
    assertThat(timeline.of(answered)).extracting(TimelineEntry::step).doesNotContain("stop-leads");
  }

  @Test
  void ofManyStartsAtOnceOneIsARun() throws Exception {
    var campaign = campaigns.make(definition("Nobody", List.of("Portugal")), "Robin", Request.NAMELESS).campaign();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts = threads.invokeAll(Collections.nCopies(
          8, () -> runs.start(campaign.id(), "Robin", Request.NAMELESS).execution().id()));
      assertThat(starts).filteredOn(start -> start.state() == Future.State.SUCCESS).hasSize(1);
      assertThat(starts).filteredOn(start -> start.state() == Future.State.FAILED).hasSize(7)
          .extracting(Future::exceptionNow)
          .allSatisfy(no -> assertThat(no).hasMessageContaining("A run of this campaign goes on"));
    }
    assertThat(executions.make(campaign, "Robin", Request.NAMELESS)).as("whatever was read before").isEmpty();

    runs.cancel(executions.current(campaign.id()).orElseThrow().id(), null, "Robin");
    assertThat(executions.make(campaign, "Robin", Request.NAMELESS)).isPresent();
  }

  @Test
  void whatTheEngineHasNotTakenIsToldAfterTheNextStart() {
    var campaign = campaigns.make(definition("Nobody", List.of("Portugal")), "Robin", Request.NAMELESS).campaign();
    var run = executions.make(campaign, "Robin", Request.NAMELESS).orElseThrow().execution();
    executions.say(run.id(), Execution.Word.PAUSED, null);
    executions.say(run.id(), Execution.Word.RESUMED, null);

    tell.afterStart();

    await().atMost(PATIENCE).until(() -> executions.get(run.id()).untold().isEmpty());
    await().atMost(PATIENCE).until(() -> found(run, Prospect.State.FOUND).isEmpty() && found(run).size() == 2);
    assertThat(executions.get(run.id()).state()).isEqualTo(State.RUNNING);
  }

  private Execution start(String... locations) {
    var campaign = campaigns.make(definition("North", List.of(locations)), "Robin", Request.NAMELESS).campaign();
    return runs.start(campaign.id(), "Robin", Request.NAMELESS).execution();
  }

  private static Definition definition(String name, List<String> locations) {
    return new Definition(
        name, List.of("operations", "head of", "claims"), null, null, locations, null, null);
  }

  private Lead known(String address) {
    var before = leads.findByAddress(address);
    if (before.isPresent()) return before.get();
    var now = clock.instant();
    return leads.save(new Lead(
        new ObjectId().toHexString(), null, address, address, "Jens Petersen", "Nordkap", null, "Operations Manager",
        "Fair", null, Lead.Start.STARTED, Lead.Stage.NEW, null, null, null, now, now));
  }

  private List<Prospect> found(Execution run, Prospect.State... states) {
    return prospects.findByExecutionIdAndStateInOrderByAt(
        run.id(), states.length == 0 ? List.of(Prospect.State.values()) : List.of(states), PageRequest.of(0, 100)).getContent();
  }

  private boolean onTheirJourney(String leadId) {
    return !camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("lead-journey").state(ProcessInstanceState.ACTIVE)
            .variables(Map.of("leadId", "\"" + leadId + "\"")))
        .execute().items().isEmpty();
  }

  private boolean waitsFor(String element) {
    return !camunda.newElementInstanceSearchRequest()
        .filter(one -> one.elementId(element).state(io.camunda.client.api.search.enums.ElementInstanceState.ACTIVE))
        .execute().items().isEmpty();
  }

  private List<String> texts(Execution run) {
    return log.findByExecutionIdOrderByAt(run.id(), PageRequest.of(0, 100)).stream().map(LogEntry::text).toList();
  }
}
