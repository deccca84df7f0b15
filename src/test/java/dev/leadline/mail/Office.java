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
import dev.leadline.mail.message.DkimSignatures;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.message.MessageSettings;
import dev.leadline.mail.message.Seal;
import dev.leadline.mail.message.TouchTokens;
import dev.leadline.mail.message.UnsubscribeLinks;
import dev.leadline.mail.smtp.AccessTokens;
import dev.leadline.mail.smtp.MailboxSettings;
import dev.leadline.mail.smtp.SendingMailboxes;
import dev.leadline.mail.smtp.Smtp;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.sending.Holds;
import dev.leadline.sending.MustSay;
import dev.leadline.sending.PanicSwitch;
import dev.leadline.sending.TestSending;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.TestSuppressions;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mock.env.MockEnvironment;

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

  /** Where mail goes, and where it can be seen again. */
  record Servers(int smtp, int imap, String username, String password) {}

  final GreenMail mail;
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
  final MockEnvironment environment = new MockEnvironment();
  MailboxSettings mailboxes = new MailboxSettings(true, Map.of());
  MessageSettings message = new MessageSettings(
      URI.create("https://reach.us.example"), "secret", "AI helped.", "From: %s.", new MessageSettings.Dkim(null, "s1", null));
  MustSay mustSay = new MustSay(true, true, null);
  List<Heard.Letter> heard = List.of();
  final List<Object> told = new ArrayList<>();
  boolean live = true;

  /** Nothing listens there: a client like one whose engine is away. */
  final CamundaClient camunda =
      CamundaClient.newClientBuilder()
          .restAddress(URI.create("http://127.0.0.1:1"))
          .grpcAddress(URI.create("http://127.0.0.1:1"))
          .defaultRequestTimeout(Duration.ofSeconds(1))
          .build();

  private final MongoClient client;
  private final Servers servers;
  private final boolean alone;

  Office() {
    this(started());
  }

  private Office(GreenMail mail) {
    this(
        MongoClients.create(DATABASE.uri()), "office-" + UUID.randomUUID(),
        new Servers(mail.getSmtp().getPort(), mail.getImap().getPort(), ADDRESS, "secret"), false, mail);
    drafts.save(draft(email(1, "Hand-offs at Acme", "Hello Jo,\n\nshall we talk about hand-offs?\n\nAlex"),
        email(2, "Re: Hand-offs at Acme", "Hello Jo,\n\njust asking again.\n\nAlex")));
    leads.save(lead(ADDRESS));
    approveAll();
  }

  /** With servers of its own and nothing to send yet. */
  Office(MongoClient client, Servers servers) {
    this(client, "office", servers, true, null);
  }

  private Office(MongoClient client, String database, Servers servers, boolean alone, GreenMail mail) {
    this.client = client;
    this.servers = servers;
    this.alone = alone;
    this.mail = mail;
    // Everything that goes out arrives in the mailbox of this one recipient.
    mailbox = mail == null ? null : mail.setUser(ADDRESS, ADDRESS, "secret");
    server.setHost("127.0.0.1");
    server.setPort(servers.smtp());
    var properties = new Properties();
    properties.putAll(Map.of(
        "mail.smtp.connectiontimeout", "3000", "mail.smtp.timeout", "3000", "mail.smtp.writetimeout", "3000",
        "mail.smtp.quitwait", "false"));
    server.setJavaMailProperties(properties);
    mongo = new MongoTemplate(client, database);
    var repositories = new MongoRepositoryFactory(mongo);
    leads = repositories.getRepository(Leads.class);
    drafts = repositories.getRepository(Drafts.class);
    answers = repositories.getRepository(LastAnswers.class);
    suppressions = repositories.getRepository(Suppressions.class);
    timeline = TestTimeline.in(repositories, clock);
    approvals = TestApprovals.in(repositories, clock);
    environment.setActiveProfiles("production");
  }

  private static GreenMail started() {
    var mail = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    mail.start();
    return mail;
  }

  /** A lead with one approved e-mail. */
  void approved(String leadId) {
    String address = leadId + "@acme.example";
    var lead = new Lead(
        leadId, null, address, address, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "",
        Lead.Start.STARTED, Lead.Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null);
    if (leads.findById(leadId).isEmpty()) leads.save(lead);
    var draft = new Draft(
        Draft.id(leadId, CAMPAIGN, 1), leadId, CAMPAIGN, 1,
        List.of(email(1, "Hand-offs at Acme", "Hello Jo,\n\nshall we talk about hand-offs?\n\nAlex")), null, List.of(),
        Answer.Source.RULES, null);
    drafts.save(draft);
    TestApprovals.approve(approvals, leads.get(leadId), draft, "Robin", Actor.PERSON);
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
    var smtp = new SendingMailboxes(mailboxes, SENDER, mailServers(), new AccessTokens(clock), embedded);
    var which = new MailboxRotation(smtp, touches(settings), holds());
    return new SendEmail(new Outbox(
        leads, drafts, approvals,
        new Clearance(
            TestSuppressions.asked(suppressions), answers, approvals,
            TestSending.everybodyHasATurn(mongo, leads, which, mustSay, timeline, clock),
            settings, smtp, timeline, environment),
        touches(settings), new TouchTokens(seal()),
        new Mailbox(settings, new AccessTokens(clock)),
        letters(),
        new Smtp(smtp),
        new SendingRecord(timeline, leads, suppress, told::add), lead -> heard));
  }

  MailboxRotation rotation() {
    return new MailboxRotation(
        new SendingMailboxes(mailboxes, SENDER, mailServers(), new AccessTokens(clock), false),
        touches(settings(true)), holds());
  }

  private Holds holds() {
    return TestSending.holds(mongo, leads, timeline, clock);
  }

  PanicSwitch panic() {
    return TestSending.panicSwitch(mongo, leads, timeline, clock);
  }

  Seal seal() {
    return new Seal(message, mongo);
  }

  UnsubscribeLinks links() {
    return new UnsubscribeLinks(message, seal());
  }

  Letters letters() {
    return new Letters(SENDER, message, links(), new DkimSignatures(message, SENDER), clock);
  }

  Touches touches(MailSettings settings) {
    return new Touches(mongo, clock, settings, alone);
  }

  MailSettings settings(boolean imap, String... allowedDomains) {
    return settings(imap, Duration.ofMinutes(6), allowedDomains);
  }

  MailSettings settings(boolean imap, Duration lease, String... allowedDomains) {
    return new MailSettings(
        live, List.of(allowedDomains), lease,
        new MailSettings.Imap(
            imap ? "127.0.0.1" : null, servers.imap(), servers.username(), servers.password(), "INBOX", false, null, null));
  }

  private ObjectProvider<JavaMailSenderImpl> mailServers() {
    var beans = new StaticListableBeanFactory();
    beans.addBean("mailSender", server);
    return beans.getBeanProvider(JavaMailSenderImpl.class);
  }

  /** The plain text of a mail. */
  static String text(Part mail) throws Exception {
    Object content = mail.getContent();
    return content instanceof Multipart parts ? text(parts.getBodyPart(0)) : content.toString().replace("\r\n", "\n");
  }

  List<MimeMessage> arrived() {
    return List.of(mail.getReceivedMessages());
  }

  Touch first() {
    return mongo.findById(FIRST, Touch.class);
  }

  /** Why the server did not take the first mail for now. */
  String deferredBecause() {
    var queued = mongo.findById(FIRST, org.bson.Document.class, "outbox");
    return queued.get("deferral", org.bson.Document.class).getString("because");
  }

  /** What the timeline tells, in order. */
  List<String> story() {
    return timeline.of(LEAD).stream().map(entry -> entry.text()).toList();
  }

  @Override
  public void close() {
    if (mail != null) mail.stop();
    camunda.close();
    client.close();
  }

  static final SenderProfile SENDER = new SenderProfile(
      "Alex Morgan", "Account executive", "Harbor", "alex@harbor.example", URI.create("https://harbor.example"),
      URI.create("https://harbor.example/meet"), "help", List.of(), "Harbor Ltd, 12 Quay Street, Bristol");
}
