package dev.leadline.mail;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.agent.Answer;
import dev.leadline.approval.Approval;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.TestApprovals;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.sending.TestSending;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.TestSuppressions;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The way out with a real SMTP and IMAP server and a real database, one lead and one approved draft. */
class Office implements AutoCloseable {

  static final String LEAD = "lead-1";
  static final String ADDRESS = "jo@acme.example";
  static final Campaign CAMPAIGN = Campaign.OUTREACH;
  static final String DRAFT = Draft.id(LEAD, CAMPAIGN, 1);
  static final String FIRST = Touch.id(LEAD, CAMPAIGN, 1);

  /** One for all tests of this JVM; each office has its own part of it. */
  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));

  final GreenMail mail = new GreenMail(new ServerSetup[] {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
  });
  final GreenMailUser mailbox;
  final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  final MongoTemplate mongo;
  final Leads leads;
  final Drafts drafts;
  final Timeline timeline;
  final Approvals approvals;
  final Suppressions suppressions;
  final LastAnswers answers;
  final JavaMailSenderImpl server = new JavaMailSenderImpl();

  /** Nothing listens there: a client like one whose engine is away. */
  final CamundaClient camunda =
      CamundaClient.newClientBuilder()
          .restAddress(URI.create("http://127.0.0.1:1"))
          .grpcAddress(URI.create("http://127.0.0.1:1"))
          .defaultRequestTimeout(Duration.ofSeconds(1))
          .build();

  private final MongoClient client = MongoClients.create(DATABASE.uri());

  Office() {
    mail.start();
    // Everything that goes out arrives in the mailbox of this one recipient.
    mailbox = mail.setUser(ADDRESS, ADDRESS, "secret");
    server.setHost("127.0.0.1");
    server.setPort(mail.getSmtp().getPort());
    var properties = new Properties();
    properties.putAll(Map.of(
        "mail.smtp.connectiontimeout", "3000", "mail.smtp.timeout", "3000", "mail.smtp.writetimeout", "3000",
        "mail.smtp.quitwait", "false"));
    server.setJavaMailProperties(properties);
    mongo = new MongoTemplate(client, "office-" + UUID.randomUUID());
    var repositories = new MongoRepositoryFactory(mongo);
    leads = repositories.getRepository(Leads.class);
    drafts = repositories.getRepository(Drafts.class);
    answers = repositories.getRepository(LastAnswers.class);
    suppressions = repositories.getRepository(Suppressions.class);
    timeline = TestTimeline.in(repositories, clock);
    approvals = TestApprovals.in(repositories, clock);
    leads.save(lead(ADDRESS));
    drafts.save(draft(email(1, "Hand-offs at Acme", "Hello Jo,\n\nshall we talk about hand-offs?\n\nAlex"),
        email(2, "Re: Hand-offs at Acme", "Hello Jo,\n\njust asking again.\n\nAlex")));
    approveAll();
  }

  static Lead lead(String email) {
    return new Lead(
        LEAD, null, email.toLowerCase(), email, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "",
        Lead.Start.STARTED, Lead.Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null);
  }

  static Email email(int number, String subject, String body) {
    return new Email(number, "PT0S", subject, body, List.of());
  }

  static Draft draft(Email... emails) {
    return new Draft(
        DRAFT, LEAD, CAMPAIGN, 1, List.of(emails), null, List.of(), Answer.Source.RULES, null);
  }

  void approveAll() {
    TestApprovals.approve(approvals, leads.get(LEAD), drafts.get(DRAFT), "Robin", Actor.PERSON);
  }

  void withdrawApprovals() {
    mongo.remove(Approval.class).all();
  }

  SendEmail worker() {
    return worker(settings(true, "*"), false);
  }

  /** As after another start of the application: another holder of touches. */
  SendEmail worker(MailSettings settings, boolean embedded) {
    var suppress = TestSuppressions.in(suppressions, mongo, camunda, leads, timeline, clock);
    return new SendEmail(new Outbox(
        leads, drafts, approvals,
        new Clearance(
            TestSuppressions.asked(suppressions), answers, approvals,
            TestSending.everybodyHasATurn(mongo, leads, timeline, clock),
            settings, timeline, embedded),
        touches(settings),
        new Mailbox(settings),
        new Letters(SENDER, new UnsubscribeLinks(settings, mongo), clock),
        new Smtp(mailServers()),
        new SendingRecord(timeline, leads, suppress)));
  }

  Touches touches(MailSettings settings) {
    return new Touches(mongo, clock, settings, false);
  }

  MailSettings settings(boolean imap, String... allowedDomains) {
    return settings(imap, Duration.ofMinutes(6), allowedDomains);
  }

  MailSettings settings(boolean imap, Duration lease, String... allowedDomains) {
    return new MailSettings(
        List.of(allowedDomains), URI.create("https://reach.us.example"), "secret", lease,
        new MailSettings.Imap(
            imap ? "127.0.0.1" : null, mail.getImap().getPort(), ADDRESS, "secret", "INBOX", false));
  }

  private ObjectProvider<JavaMailSenderImpl> mailServers() {
    var beans = new StaticListableBeanFactory();
    beans.addBean("mailSender", server);
    return beans.getBeanProvider(JavaMailSenderImpl.class);
  }

  List<MimeMessage> arrived() {
    return List.of(mail.getReceivedMessages());
  }

  Touch first() {
    return mongo.findById(FIRST, Touch.class);
  }

  /** What the timeline tells, in order. */
  List<String> story() {
    return timeline.of(LEAD).stream().map(entry -> entry.text()).toList();
  }

  @Override
  public void close() {
    mail.stop();
    camunda.close();
    client.close();
  }

  static final SenderProfile SENDER = new SenderProfile(
      "Alex Morgan", "Account executive", "Harbor", "alex@harbor.example", URI.create("https://harbor.example"),
      URI.create("https://harbor.example/meet"), "help", List.of(), "Harbor Ltd, 12 Quay Street, Bristol");
}
