package dev.leadline.sending;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.Memory;
import dev.leadline.agent.Answer;
import dev.leadline.contact.ContactRules;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.intake.Consents;
import dev.leadline.intake.TestArrivals;
import dev.leadline.journey.Decision;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.plan.Planned;
import dev.leadline.research.Dossiers;
import dev.leadline.sending.AskToSend.Clearance;
import dev.leadline.sending.AskToSend.Input;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.TestSuppressions;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** The queue with a real database, the real tables, and a clock that a test moves; the engine is only told. */
final class TestOffice implements AutoCloseable {

  /** One for all tests of this JVM; each office has its own part of it. */
  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).build();

  final MovedClock clock = new MovedClock();
  final MongoTemplate mongo;
  final Leads leads;
  final Drafts drafts;
  final Timeline timeline;
  final Suppressions suppressions;
  final LastAnswers answers;
  /** Touches whose journeys were told, in order; the engine is away while {@code engineAway}. */
  final List<String> called = Collections.synchronizedList(new ArrayList<>());
  volatile boolean engineAway;
  /** Answers of tables that a test has changed, some for one country: "send-policy FR". */
  final Map<String, Map<String, Object>> instead = new ConcurrentHashMap<>();

  /** Our mailboxes: a lead's is that of its name, or the first. */
  final List<String> mailboxes = new ArrayList<>(List.of("default"));
  volatile boolean serversOfTheirOwn;
  final OurMailboxes ours = new OurMailboxes() {
    @Override
    public List<One> all() {
      return mailboxes.stream().map(id -> new One(id, id + "@harbor.example", null)).toList();
    }

    @Override
    public boolean haveServersOfTheirOwn() {
      return serversOfTheirOwn;
    }

    @Override
    public String of(Lead lead) {
      return mailboxes.stream().filter(id -> lead.id().startsWith(id)).findFirst().orElse(mailboxes.getFirst());
    }
  };
  final Attributions attributions = Memory.of(Attributions.class);

  private final MongoClient client = MongoClients.create(DATABASE.uri());
  private final MongoRepositoryFactory repositories;

  TestOffice() {
    mongo = new MongoTemplate(client, "sending-" + UUID.randomUUID());
    repositories = new MongoRepositoryFactory(mongo);
    leads = repositories.getRepository(Leads.class);
    drafts = repositories.getRepository(Drafts.class);
    suppressions = repositories.getRepository(Suppressions.class);
    answers = repositories.getRepository(LastAnswers.class);
    timeline = TestTimeline.in(repositories, clock);
  }

  /** One running application; two of them share the database. */
  App app() {
    return app(false);
  }

  App app(boolean sandbox) {
    return new App(TestSending.settings(sandbox));
  }

  final class App {

    final Alarm alarm = new Alarm(clock);
    final Queue queue = new Queue(mongo, alarm, clock);
    final Holds holds = new Holds(mongo, queue, leads, attributions, timeline, event -> {}, clock);
    final PanicSwitch panic = new PanicSwitch(mongo, holds, queue, clock);
    final Permits permits;
    final MailboxLoads loads;
    final Dispatcher dispatcher;
    private final AskToSend step;

    App(SendingSettings settings) {
      var cached = new ConcurrentHashMap<String, Map<String, Object>>();
      var policies = new Policies(
          (decision, inputs) -> instead.containsKey(decision + " " + inputs.get("country"))
              ? instead.get(decision + " " + inputs.get("country"))
              : instead.containsKey(decision) ? instead.get(decision)
              : cached.computeIfAbsent(decision + inputs, asked -> Decision.named(decision).answer(inputs)),
          settings, ours, JSON);
      loads = new MailboxLoads(mongo, policies, ours, settings, clock);
      permits = new Permits(queue, holds, loads, settings, clock);
      var recipients = new Recipients(
          repositories.getRepository(Dossiers.class), TestArrivals.in(mongo), attributions,
          repositories.getRepository(Consents.class), Planned.origins(),
          ContactRules.mailboxes(), new Places(), settings);
      var turns = new Turns(policies, holds, new Contacts(mongo, clock), new PublicHolidays(), clock);
      step = new AskToSend(
          new Line(leads, drafts, recipients, turns, loads, ours, queue, settings, timeline, clock));
      dispatcher = new Dispatcher(
          queue, alarm, turns, holds, loads, ours, leads, recipients,
          TestSuppressions.asked(suppressions), answers, TestOffice.this::call, settings, clock);
    }

    Clearance ask(String leadId, Campaign campaign, int number) {
      return step.handle(new Input(leadId, draft(leadId, campaign), number)).clearance();
    }

    Clearance ask(String leadId) {
      return ask(leadId, Campaign.OUTREACH, 1);
    }
  }

  private CompletionStage<?> call(QueuedTouch touch) {
    if (engineAway) return CompletableFuture.failedFuture(new IllegalStateException("away"));
    called.add(touch.id());
    return CompletableFuture.completedFuture(null);
  }

  private String draft(String leadId, Campaign campaign) {
    String id = Draft.id(leadId, campaign, 1);
    drafts.save(new Draft(
        id, leadId, campaign, 1, List.of(new Email(1, "PT0S", "Hello", "Hello", List.of())), null, List.of(),
        Answer.Source.RULES, null));
    return id;
  }

  /** Somebody who wrote to us by the form. */
  String lead(String email) {
    return lead(email, "Website form");
  }

  String lead(String email, String leadSource) {
    String id = email.replaceAll("[^a-z0-9]", "-");
    TestArrivals.byForm(mongo, id);
    leads.save(new Lead(
        id, null, email, email, "Jo Smith", "Acme", null, "COO", leadSource, "", Lead.Start.STARTED, Lead.Stage.QUALIFYING,
        80, Lead.Tier.B, "outreach", null, null));
    return id;
  }

  List<String> story(String leadId) {
    return timeline.of(leadId).stream().map(entry -> entry.text()).toList();
  }

  @Override
  public void close() {
    client.close();
  }

  /** Stands still until it is moved. */
  static final class MovedClock extends Clock {

    private volatile Instant now = Instant.parse("2026-03-04T10:00:00Z"); // a Wednesday

    void set(String instant) {
      now = Instant.parse(instant);
    }

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
