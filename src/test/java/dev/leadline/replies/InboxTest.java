package dev.leadline.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.sun.net.httpserver.HttpServer;
import dev.leadline.agent.Answer;
import dev.leadline.booking.TestBooking;
import dev.leadline.contact.ContactRules;
import dev.leadline.deliverability.TestReputation;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.engine.Messages;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.mail.TestTouches;
import dev.leadline.mail.smtp.AccessTokens;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.reading.TestReading;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.sending.TestSending;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.TestSuppressions;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.gridfs.GridFsTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** The inbox with a real IMAP server and a real database. */
class InboxTest {

  private static final String OUR_MAIL = "<0123456789abcdef0123456789abcdef01234567.touch@harbor.example>";
  private static final String US = "alex@harbor.example";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));

  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private final MongoClient client = MongoClients.create(DATABASE.uri());
  private final MongoTemplate mongo = new MongoTemplate(client, "inbox-" + UUID.randomUUID());
  private final MongoRepositoryFactory repositories = new MongoRepositoryFactory(mongo);
  private final IncomingMails mails = repositories.getRepository(IncomingMails.class);
  private final Positions positions = repositories.getRepository(Positions.class);
  private final LastAnswers answers = repositories.getRepository(LastAnswers.class);
  private final Leads leads = repositories.getRepository(Leads.class);
  private final Suppressions suppressions = repositories.getRepository(Suppressions.class);
  private final Timeline timeline = TestTimeline.in(repositories, clock);

  /** Nothing listens there: a client whose engine is away. */
  private final CamundaClient camunda = CamundaClient.newClientBuilder()
      .restAddress(URI.create("http://127.0.0.1:1")).grpcAddress(URI.create("http://127.0.0.1:1"))
      .defaultRequestTimeout(Duration.ofSeconds(1)).build();

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean engineAway;
  private volatile boolean diskFull;
  private volatile Runnable meanwhile = () -> {};
  private GreenMail second;
  private GreenMailUser mailbox;
  private Inbox inbox;

  @BeforeEach
  void begin() {
    server.start();
    mailbox = server.setUser(US, US, "secret");
    leads.save(new Lead(
        "lead-1", null, "jo@acme.example", "jo@acme.example", "Jo Smith", "Acme", "https://acme.example", "COO", "fair",
        "", Lead.Start.STARTED, Lead.Stage.CONTACTING, 80, Lead.Tier.A, "outreach", null, null));
    TestTouches.sent(mongo, clock, "lead-1", "jo@acme.example", 1, OUR_MAIL);
    open();
  }

  @AfterEach
  void end() {
    inbox.stop();
    server.stop();
    if (second != null) second.stop();
    camunda.close();
    client.close();
  }

  @Test
  void anAnswerIsStoredAsItCameAndStopsWhatRuns() {
    deliver(Mails.named("person/gmail"));
    var mail = only();
    assertThat(mail.kind()).isEqualTo(Kind.PERSON);
    assertThat(mail.match()).isEqualTo(new Match("lead-1", "lead-1/outreach/1", Match.By.HEADERS));
    assertThat(mail.letter().text()).startsWith("Interesting.").doesNotContain("shall we talk");
    assertThat(new String(raw().read(mail.raw()), StandardCharsets.UTF_8)).contains("Message-ID: <gmail@acme.example>");
    assertThat(heard).containsExactly("lead-1");
    assertThat(answers.findById("lead-1")).isPresent();
    assertThat(timeline.of("lead-1")).extracting(TimelineEntry::text).containsExactly("They wrote to us");
  }

  @Test
  void whoAsksToBeLeftAloneIsSuppressedBeforeAnythingIsDrawn() {
    deliver(Mails.named("person/gmail-broken-attribution"));
    only();
    assertThat(suppressions.findById("jo@acme.example").orElseThrow().reason())
        .isEqualTo(Suppression.Reason.UNSUBSCRIBED);
    assertThat(begun).hasSize(1);
  }

  @Test
  void ourOwnSubjectAndFooterSayNothingWhenTheyComeBackAndAnotherSubjectDoes() {
    subject("Stop chasing late orders");
    deliver(mail("jo@acme.example", "<1@acme.example>", "Re: Stop chasing late orders", "Yes, Tuesday works."));
    deliver(mail("jo@acme.example", "<2@acme.example>", "[EXT] AW: Stop chasing late orders", "Yes, Tuesday works."));
    deliver(mail(
        "jo@acme.example", "<3@acme.example>", "Re: Late orders",
        "On Mon, 2 Mar 2026 Alex wrote:\r\n> Shall we talk?\r\n> No more mail from us: https://harbor.example/u/1"));
    await().atMost(PATIENCE).until(() -> handled() == 3);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
    deliver(mail("jo@acme.example", "<4@acme.example>", "Re: Please remove me from your mailing list", "Thanks."));
    await().atMost(PATIENCE).until(() -> suppressions.findById("jo@acme.example").isPresent());
  }

  @Test
  void aStrangersSubjectThatComesBackCountsOnlyIfItSaysNothingElse() {
    deliver(mail("who@elsewhere.example", "<1@elsewhere.example>", "Re: Stop chasing late orders", "Hello."));
    deliver(mail("kim@elsewhere.example", "<2@elsewhere.example>", "Re: unsubscribe", "See subject."));
    await().atMost(PATIENCE).until(() -> handled() == 2);
    assertThat(suppressions.findById("who@elsewhere.example")).isEmpty();
    assertThat(suppressions.findById("kim@elsewhere.example")).isPresent();
  }

  private void subject(String subject) {
    repositories.getRepository(Drafts.class).save(new Draft(
        "lead-1-outreach-1", "lead-1", Draft.Campaign.OUTREACH, 1,
        List.of(new Email(1, "P0D", subject, "Hello", List.of())), null, List.of(), Answer.Source.RULES, clock.instant()));
  }

  @Test
  void theSameMailTwiceIsOne() {
    deliver(Mails.named("person/gmail"));
    deliver(Mails.named("person/gmail"));
    var withoutId = mail("jo@acme.example", null, "No id");
    deliver(withoutId);
    deliver(withoutId);
    deliver(mail("jo@acme.example", "<last@acme.example>", "The last"));
    awaitSubject("The last");
    assertThat(mails.findByLeadIdOrderByReceivedAt("lead-1")).hasSize(3);
  }

  @Test
  void aFolderThatIsNumberedAnewIsReadAgainWithoutSayingAnythingTwice() {
    deliver(Mails.named("person/gmail"));
    only();
    inbox.stop();
    var position = positions.findById(settings().id()).orElseThrow();
    positions.save(new Position(position.folder(), position.validity() - 1, 4_711, position.at()));
    deliver(mail("jo@acme.example", "<meanwhile@acme.example>", "Meanwhile"));
    open();
    awaitSubject("Meanwhile");
    assertThat(mails.findByLeadIdOrderByReceivedAt("lead-1")).hasSize(2);
    assertThat(positions.findById(settings().id()).orElseThrow().validity()).isEqualTo(position.validity());
  }

  @Test
  void whatCameWhileNobodyReadIsReadLater() {
    inbox.stop();
    IntStream.range(0, 60).forEach(i -> deliver(mail("jo@acme.example", "<" + i + "@acme.example>", "Mail " + i)));
    open();
    await().atMost(PATIENCE).until(() -> handled() == 60);
  }

  @Test
  void aMailThatCannotBeStoredIsTriedAgainForAsLongAsThatLasts() {
    diskFull = true;
    deliver(Mails.named("person/gmail-broken-attribution"));
    for (int refused = 1; refused <= 10; refused++) {
      int times = refused;
      // A reader that begins anew does not wait.
      await().atMost(PATIENCE).until(() -> refusals.get() >= times);
      inbox.stop();
      inbox.start();
    }
    diskFull = false;
    deliver(mail("jo@acme.example", "<behind@acme.example>", "Behind"));
    awaitSubject("Behind");
    await().atMost(PATIENCE).until(() -> suppressions.findById("jo@acme.example").isPresent());
  }

  @Test
  void aBrokenConnectionIsTakenUpAgain() {
    deliver(mail("jo@acme.example", "<before@acme.example>", "Before"));
    awaitSubject("Before");
    int port = server.getImap().getPort();
    server.stop();
    restart(port);
    deliver(mail("jo@acme.example", "<after@acme.example>", "After"));
    awaitSubject("After");
  }

  @Test
  void aTokenOpensTheMailboxAndIsFetchedAnewWhenItIsRefused() throws Exception {
    inbox.stop();
    var asked = new AtomicInteger();
    var provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    provider.createContext("/token", exchange -> {
      byte[] body = "{\"access_token\": \"token-%d\", \"expires_in\": 3600}".formatted(asked.incrementAndGet())
          .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    provider.start();
    try (var door = new TokenImapServer(server.getImap().getPort(), US, "secret")) {
      door.tokens.add("token-1");
      open(byToken(door.port(), URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/token")));
      deliver(mail("jo@acme.example", "<before@acme.example>", "Before"));
      awaitSubject("Before");
      assertThat(asked).hasValue(1);

      door.hangUp();
      deliver(mail("jo@acme.example", "<again@acme.example>", "Again"));
      awaitSubject("Again");
      assertThat(asked).hasValue(1);

      door.tokens.clear();
      door.tokens.add("token-2");
      door.hangUp();
      deliver(mail("jo@acme.example", "<after@acme.example>", "After"));
      awaitSubject("After");
      assertThat(asked).hasValue(2);
      assertThat(door.heard).filteredOn(line -> line.startsWith("AUTHENTICATE")).hasSizeGreaterThan(3)
          .allMatch(line -> line.startsWith("AUTHENTICATE XOAUTH2 "));
      assertThat(door.heard).noneMatch(line -> line.startsWith("LOGIN"));
      assertThat(inbox.standing()).doesNotContainKey("trouble");
    } finally {
      provider.stop(0);
    }
  }

  @Test
  void withoutATokenTheHealthSaysWhyAndNoSecret() throws Exception {
    inbox.stop();
    var provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    provider.createContext("/token", exchange -> {
      byte[] body = "{\"error\": \"invalid_grant\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(400, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    provider.start();
    try (var door = new TokenImapServer(server.getImap().getPort(), US, "secret")) {
      open(byToken(door.port(), URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/token")));
      await().atMost(PATIENCE).until(() -> inbox.standing().containsKey("trouble"));
      assertThat(inbox.standing().get("trouble")).asString().contains("gave no token", "invalid_grant")
          .doesNotContain("hush", "consent");
      assertThat(door.heard).isEmpty();
    } finally {
      provider.stop(0);
    }
  }

  @Test
  void aMailIsHandledWhenTheEngineIsBack() {
    engineAway = true;
    deliver(Mails.named("person/gmail"));
    await().atMost(PATIENCE).until(() -> answers.findById("lead-1").isPresent());
    assertThat(handled()).isZero();
    engineAway = false;
    mailroom().pending();
    assertThat(handled()).isOne();
    assertThat(heard).containsExactly("lead-1");
  }

  @Test
  void machinesSuppressWhomTheyMeanAndNobodyElse() {
    deliver(Mails.named("hard/postfix"));
    await().atMost(PATIENCE).until(() -> suppressions.findById("jo@acme.example").isPresent());
    assertThat(suppressions.findById("jo@acme.example").orElseThrow().reason()).isEqualTo(Suppression.Reason.BOUNCED);
    assertThat(heard).isEmpty();
    assertThat(answers.findById("lead-1")).isEmpty();
  }

  @Test
  void aReportAboutAMailThatWeNeverSentChangesNothing() {
    var forged = new String(Mails.named("hard/postfix"), StandardCharsets.UTF_8).replace("0123456789abcdef", "f");
    deliver(forged.getBytes(StandardCharsets.UTF_8));
    await().atMost(PATIENCE).until(() -> handled() == 1);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
  }

  @Test
  void aComplaintSuppressesAndOurReputationDoesNot() {
    deliver(Mails.named("ours/blocked"));
    deliver(Mails.named("automatic/rfc3834"));
    deliver(Mails.named("complaint/not-spam"));
    await().atMost(PATIENCE).until(() -> handled() == 3);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
    deliver(Mails.named("complaint/abuse"));
    await().atMost(PATIENCE).until(() -> suppressions.findById("jo@acme.example").isPresent());
    assertThat(suppressions.findById("jo@acme.example").orElseThrow().reason())
        .isEqualTo(Suppression.Reason.COMPLAINED);
    assertThat(heard).isEmpty();
  }

  @Test
  void aMailboxThatStaysFullIsGivenUp() {
    deliver(full("01234567."));
    deliver(full("2."));
    await().atMost(PATIENCE).until(() -> handled() == 2);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
    deliver(full("3."));
    await().atMost(PATIENCE).until(() -> suppressions.findById("jo@acme.example").isPresent());
  }

  @Test
  void whatIsLongAgoOrBeforeTheyWroteCountsNoMore() {
    var bounces = repositories.getRepository(Bounces.class);
    for (int number = 10; number <= 12; number++) {
      bounces.save(new Bounce(
          "old-" + number, "lead-1/outreach/" + number, "lead-1", "jo@acme.example", MachineMail.Failure.SOFT, "4.2.2",
          clock.instant().minus(Duration.ofDays(31))));
    }
    deliver(full("01234567."));
    deliver(full("2."));
    await().atMost(PATIENCE).until(() -> handled() == 2);
    deliver(mail("jo@acme.example", "<here@acme.example>", "My mailbox was full"));
    await().atMost(PATIENCE).until(() -> handled() == 3);
    deliver(full("3."));
    await().atMost(PATIENCE).until(() -> handled() == 4);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
  }

  @Test
  void aMailThatServersStillTryToDeliverIsNoBounce() {
    var delayed = new String(Mails.named("delayed/postfix"), StandardCharsets.UTF_8);
    for (String id : List.of("01234567.", "2.", "3.")) {
      touch(id);
      deliver(about(delayed.replace("delayed.eml@", "mailbox-full.eml@"), id));
    }
    await().atMost(PATIENCE).until(() -> handled() == 3);
    assertThat(mongo.count(new Query(), Bounce.class)).isZero();
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
    assertThat(timeline.of("lead-1")).hasSize(3)
        .allMatch(entry -> entry.text().contains("has not arrived yet"));
  }

  private byte[] full(String id) {
    touch(id);
    return about(new String(Mails.named("soft/mailbox-full"), StandardCharsets.UTF_8), id);
  }

  /** The mail of this id went out, if it is not the first. */
  private void touch(String id) {
    if (id.length() > 2) return;
    int number = Integer.parseInt(id.substring(0, 1));
    TestTouches.sent(mongo, clock, "lead-1", "jo@acme.example", number, OUR_MAIL.replace("01234567.", id));
  }

  private static byte[] about(String report, String id) {
    return report.replace("mailbox-full.eml@", id + "full@").replace("01234567.touch", id + "touch")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aStormOfBouncesIsReadToItsEndAndDoesNothingTwice() {
    var bounce = new String(Mails.named("hard/postfix"), StandardCharsets.UTF_8);
    IntStream.range(0, 100).forEach(i ->
        deliver(bounce.replace("postfix.eml@", i + "@").getBytes(StandardCharsets.UTF_8)));
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> handled() == 100);
    assertThat(mongo.count(new Query(), Suppression.class)).isOne();
    assertThat(heard).isEmpty();
  }

  @Test
  void whatComesWhileAnotherIsReadDoesNotWaitForTheNextLook() {
    inbox.stop();
    open(settings(Duration.ofMinutes(30), 1_000_000));
    meanwhile = () -> {
      meanwhile = () -> {};
      IntStream.range(0, 5).forEach(i -> deliver(mail("jo@acme.example", "<m" + i + "@acme.example>", "More " + i)));
    };
    deliver(Mails.named("person/gmail"));
    await().atMost(PATIENCE).until(() -> handled() == 6);
  }

  @Test
  void severalFoldersAreReadAndOneThatCannotBeKeepsNoneWaiting() {
    inbox.stop();
    var kims = server.setUser("kim@harbor.example", "kim@harbor.example", "secret");
    var all = new Inboxes(
        new InboxesSettings(settings(), Map.of("gone", account("nobody", 1), "kim", account("kim@harbor.example", server.getImap().getPort()))),
        new AccessTokens(clock), positions, mailroom(), clock);
    all.start();
    try {
      deliver(Mails.named("person/gmail"));
      kims.deliver(GreenMailUtil.createTextEmail(
          "kim@harbor.example", "jo@acme.example", "To Kim", "Hello", server.getImap().getServerSetup()));
      await().atMost(PATIENCE).until(() -> handled() == 2);
      assertThat(all.health().getDetails()).containsOnlyKeys("inbox", "gone", "kim");
      assertThat(all.health().getDetails().get("gone")).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("trouble");
    } finally {
      all.stop();
    }
  }

  private static InboxSettings account(String username, int port) {
    return new InboxSettings(
        "127.0.0.1", port, username, "secret", "INBOX", false, Duration.ofSeconds(5), Duration.ofDays(7), 1_000_000, null,
        Map.of());
  }

  @Test
  void aColleagueStopsNothingBeforeAPersonSaysSo() {
    TestSending.mailed(
        TestSending.contacts(mongo, clock), "acme.example", "lead-1/outreach/1", "jo@acme.example", clock);
    deliver(mail("kim@acme.example", "<colleague@acme.example>", "Your mail to Jo"));
    assertThat(only().match()).isEqualTo(new Match("lead-1", null, Match.By.COMPANY));
    assertThat(heard).isEmpty();
    assertThat(answers.findById("lead-1")).isEmpty();
    assertThat(begun).hasSize(1);
  }

  @Test
  void anAliasThatAsksToBeLeftAloneIsAtOnceAndTheLeadWhenAPersonSaysSo() {
    TestSending.mailed(
        TestSending.contacts(mongo, clock), "acme.example", "lead-1/outreach/1", "jo@acme.example", clock);
    deliver(mail("smith@acme.example", "<alias@acme.example>", "Your mails", "Take me off your list."));
    assertThat(only().match()).isEqualTo(new Match("lead-1", null, Match.By.COMPANY));
    assertThat(suppressions.findById("smith@acme.example").orElseThrow().reason())
        .isEqualTo(Suppression.Reason.UNSUBSCRIBED);
    assertThat(suppressions.findById("jo@acme.example")).isEmpty();
    assertThat(begun).hasSize(1);
  }

  @Test
  void aMailOfAStrangerIsKeptAndIsNobodys() {
    deliver(mail("who@elsewhere.example", "<stranger@elsewhere.example>", "Hello"));
    await().atMost(PATIENCE).until(() -> handled() == 1);
    assertThat(mongo.findAll(Incoming.class).getFirst().leadId()).isNull();
    assertThat(heard).isEmpty();
  }

  @Test
  void whatAPersonSaysOfAMailIsDoneToItsEndAlsoWhenTheEngineIsAway() {
    deliver(mail("who@elsewhere.example", "<stranger@elsewhere.example>", "Hello"));
    var room = mailroom();
    var sorting = new Sorting(mails, room, clock);
    var lead = leads.get("lead-1");
    engineAway = true;
    assertThat(sorting.belongsTo(only(), lead, "Robin")).isEqualTo(Sorting.Outcome.SOON);
    assertThat(answers.findById("lead-1")).isPresent();
    assertThat(sorting.belongsTo(stranger(), lead, "Kim")).isEqualTo(Sorting.Outcome.REFUSED);
    assertThat(sorting.isNobodys(stranger(), "Kim")).isEqualTo(Sorting.Outcome.REFUSED);
    engineAway = false;
    room.pending();
    assertThat(handled()).isOne();
    assertThat(heard).containsExactly("lead-1");
    assertThat(begun).hasSize(1);
    assertThat(timeline.of("lead-1")).extracting(TimelineEntry::text)
        .containsExactly("Robin said that a mail is theirs", "They wrote to us");
  }

  @Test
  void whatAMachineSaysOfOurMailIsNobodysToSay() {
    deliver(Mails.named("hard/postfix"));
    var bounce = only();
    assertThat(new Sorting(mails, mailroom(), clock).belongsTo(bounce, leads.get("lead-1"), "Robin"))
        .isEqualTo(Sorting.Outcome.REFUSED);
  }

  private Incoming stranger() {
    return mongo.findAll(Incoming.class).getFirst();
  }

  @Test
  void aHugeMailIsKeptFromItsBeginning() {
    inbox.stop();
    open(settings(Duration.ofSeconds(5), 50_000));
    deliver(mail("jo@acme.example", "<huge@acme.example>", "Huge", "word ".repeat(100_000)));
    awaitSubject("Huge");
    assertThat(only().truncated()).isTrue();
    assertThat(raw().read(only().raw())).hasSize(50_000);
  }

  private void open() {
    open(settings());
  }

  private void open(InboxSettings settings) {
    inbox = new Inbox(settings, new AccessTokens(clock), positions, mailroom(), clock);
    inbox.start();
  }

  private InboxSettings settings() {
    return settings(Duration.ofSeconds(5), 1_000_000);
  }

  private InboxSettings settings(Duration poll, int maxSize) {
    return new InboxSettings(
        "127.0.0.1", server.getImap().getPort(), US, "secret", "INBOX", false, poll, Duration.ofDays(7), maxSize, null,
        null);
  }

  private InboxSettings byToken(int port, URI tokens) {
    return new InboxSettings(
        "127.0.0.1", port, US, "of no use", "INBOX", true, Duration.ofSeconds(5), Duration.ofDays(7), 1_000_000,
        new OAuth(tokens, "us", "hush", "consent", null),
        Map.of("mail.imaps.ssl.trust", "*", "mail.imaps.ssl.checkserveridentity", "false"));
  }

  private void restart(int port) {
    // This server numbers its folders by the second it is made in; the same number would mean the same mails.
    long before = clock.instant().getEpochSecond();
    await().dontCatchUncaughtExceptions().until(() -> clock.instant().getEpochSecond() > before);
    var again = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    again.start();
    mailbox = again.setUser(US, US, "secret");
    second = again;
  }

  private Mailroom mailroom() {
    var touches = TestTouches.in(mongo, clock);
    var contacts = TestSending.contacts(mongo, clock);
    var suppress = TestSuppressions.in(suppressions, mongo, camunda, leads, timeline, clock);
    var messages = new ReplyMessages(new Messages(camunda)) {
      @Override
      void answered(String leadId) {
        if (engineAway) throw new IllegalStateException("away");
        meanwhile.run();
        heard.add(leadId);
      }

      @Override
      void received(String messageId, Kind kind, Match match, boolean timesOffered) {
        if (engineAway) throw new IllegalStateException("away");
        begun.add(messageId);
      }
    };
    var holds = TestSending.holds(mongo, leads, timeline, clock);
    var answered = new Answered(
        answers, leads, suppress, holds, TestReading.rules(), repositories.getRepository(Drafts.class), messages);
    return new Mailroom(mails, raw(), new HandleMail(
        mails, new MachineMail(), new Matching(touches, leads, ContactRules.mailboxes(), contacts), new QuotedText(),
        new ReportedMail(
            repositories.getRepository(Bounces.class), answers, suppress, TestReputation.ofNobody(),
            new ReplySettings(3, Duration.ofDays(30)), timeline),
        answered, new AboutMeeting(TestBooking.noMeetings(), answered, mails), messages, timeline), clock);
  }

  private RawMails raw() {
    return new RawMails(new GridFsTemplate(mongo.getMongoDatabaseFactory(), mongo.getConverter())) {
      @Override
      String store(byte[] mail) {
        if (!diskFull) return super.store(mail);
        refusals.incrementAndGet();
        throw new DataAccessResourceFailureException("no room");
      }
    };
  }

  private long handled() {
    return mongo.findAll(Incoming.class).stream().filter(mail -> mail.state() == Incoming.State.HANDLED).count();
  }

  private Incoming only() {
    await().atMost(PATIENCE).until(() -> handled() == 1);
    return mongo.findAll(Incoming.class).getFirst();
  }

  private void awaitSubject(String subject) {
    // A server that is stopped complains in a thread of its own.
    await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> mongo.findAll(Incoming.class).stream()
        .anyMatch(mail -> mail.state() == Incoming.State.HANDLED && mail.letter().subject().equals(subject)));
  }

  private void deliver(byte[] mail) {
    try {
      mailbox.deliver(GreenMailUtil.newMimeMessage(new ByteArrayInputStream(mail)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mail(String from, String id, String subject) {
    return mail(from, id, subject, "Hello.");
  }

  private static byte[] mail(String from, String id, String subject, String text) {
    return ("From: " + from + "\r\nTo: " + US + "\r\nSubject: " + subject + "\r\n"
            + (id == null ? "" : "Message-ID: " + id + "\r\n") + "\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
