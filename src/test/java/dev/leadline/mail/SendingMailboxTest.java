package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.leadline.mail.OddSmtpServer.Security;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.mail.Touch.State;
import dev.leadline.mail.message.Order.TokenIn;
import dev.leadline.mail.smtp.MailboxSettings;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mailboxes with servers of their own: how we log in, over which lines, and which mailbox writes to whom. */
class SendingMailboxTest {

  private static final Input FIRST = new Input(Office.LEAD, Office.DRAFT, 1);
  private static final Map<String, String> TRUSTED = Map.of(
      "mail.smtp.ssl.trust", "*", "mail.smtps.ssl.trust", "*", "mail.smtp.ssl.checkserveridentity", "false",
      "mail.smtps.ssl.checkserveridentity", "false");

  private final Office office = new Office();
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private OddSmtpServer server;
  private HttpServer tokens;

  @AfterEach
  void close() {
    if (server != null) server.close();
    if (tokens != null) tokens.stop(0);
    office.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aPasswordIsSaidOnASecuredLineOnly(Security security) {
    serve(security, "nothing", "");
    server.secrets.add("app password");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", security, "app password", null, TRUSTED)));

    office.worker().handle(FIRST);

    assertThat(arrived).singleElement().asString().contains("From: Alex Morgan <alex@harbor.example>");
    assertThat(server.heard).filteredOn(line -> line.contains("AUTH")).singleElement().asString().startsWith("tls AUTH PLAIN");
    assertThat(server.heard).filteredOn(line -> !line.startsWith("tls ")).allMatch(line -> line.matches("EHLO .*|STARTTLS"));
  }

  @Test
  void aServerWithoutTlsHearsNeitherPasswordNorMail() {
    serve(Security.NONE, "nothing", "");
    server.secrets.add("secret");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", Security.STARTTLS, "secret", null, TRUSTED)));

    notNow();
    assertThat(office.deferredBecause()).isEqualTo("The mail server is away");

    assertThat(arrived).isEmpty();
    assertThat(server.heard).allMatch(line -> line.matches("EHLO .*|QUIT"));
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aCertificateThatNobodyTrustsEndsIt(Security security) {
    serve(security, "nothing", "");
    server.secrets.add("secret");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", security, "secret", null, Map.of())));

    notNow();
    assertThat(office.deferredBecause()).isEqualTo("The mail server is away");

    assertThat(server.heard).allMatch(line -> line.matches("EHLO .*|STARTTLS|QUIT"));
  }

  @ParameterizedTest
  @CsvSource({
    "STARTTLS, 454 no TLS now", "STARTTLS, ''", "AUTH, 454 4.7.0 later", "AUTH, 535 5.7.8 not you", "AUTH, ''",
  })
  void afterTroubleBeforeTheMailItIsAskedAgain(String command, String answer) {
    serve(Security.STARTTLS, command, answer);
    server.secrets.add("secret");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", Security.STARTTLS, "secret", null, TRUSTED)));

    notNow();
    assertThat(office.deferredBecause()).isNotBlank().doesNotContain("secret");
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
    server.recover();
    office.worker().handle(FIRST);

    assertThat(arrived).hasSize(1);
  }

  @Test
  void aTokenIsFetchedOnceAndAgainWhenTheServerDoesNotTakeItAnyMore() throws Exception {
    serve(Security.STARTTLS, "nothing", "");
    server.mailsPerLine = 1;
    server.secrets.add("token-1");
    var asked = serveTokens(200, "{\"access_token\": \"token-%d\", \"expires_in\": 3600}");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", Security.STARTTLS, null, oauth(), TRUSTED)));
    var worker = office.worker();

    worker.handle(FIRST);
    worker.handle(new Input(Office.LEAD, Office.DRAFT, 2));
    assertThat(asked).singleElement().asString()
        .contains("grant_type=refresh_token", "client_id=us", "client_secret=hush", "refresh_token=consent");
    assertThat(arrived).hasSize(2);

    server.secrets.remove("token-1");
    server.secrets.add("token-2");
    another("lead-2");
    worker.handle(new Input("lead-2", "lead-2-outreach-1", 1));

    assertThat(asked).hasSize(2);
    assertThat(arrived).hasSize(3);
    assertThat(server.heard).filteredOn(line -> line.startsWith("tls AUTH XOAUTH2")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"400, '{\"error\": \"invalid_grant\"}', 400 invalid_grant", "500, oops, 500", "200, {}, 200"})
  void withoutATokenTheMailWaits(int status, String answer, String said) throws Exception {
    serve(Security.STARTTLS, "nothing", "");
    serveTokens(status, answer);
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", Security.STARTTLS, null, oauth(), TRUSTED)));

    notNow();
    assertThat(office.deferredBecause()).contains("gave no token", said).doesNotContain("hush", "consent");
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
  }

  @Test
  void aLineIsUsedForManyMailsAndAServerThatHangsUpBetweenThemIsNoTrouble() {
    serve(Security.NONE, "nothing", "");
    mailboxes(Map.of("alex", mailbox("alex@harbor.example", Security.NONE, null, null, Map.of())));
    var worker = office.worker();
    var leads = IntStream.range(0, 6).mapToObj(i -> "lead-" + (i + 10)).toList();
    leads.forEach(this::another);

    leads.subList(0, 3).forEach(lead -> worker.handle(new Input(lead, lead + "-outreach-1", 1)));
    assertThat(server.lines).hasValue(1);

    server.mailsPerLine = 4;
    leads.subList(3, 6).forEach(lead -> worker.handle(new Input(lead, lead + "-outreach-1", 1)));

    assertThat(server.lines).hasValue(2);
    assertThat(arrived).hasSize(6);
    assertThat(office.mongo.findAll(Touch.class)).hasSize(6).extracting(Touch::state).containsOnly(State.SENT);
  }

  @Test
  void aThreadStaysWithItsMailboxAndSoDoesACompany() {
    serve(Security.NONE, "nothing", "");
    var all = new TreeMap<String, MailboxSettings.Mailbox>();
    for (String id : List.of("alex", "kim", "sam")) {
      all.put(id, mailbox(id + "@harbor.example", Security.NONE, null, null, Map.of()));
    }
    mailboxes(all);
    another("lead-2");
    var worker = office.worker();

    worker.handle(FIRST);
    worker.handle(new Input("lead-2", "lead-2-outreach-1", 1));
    String mine = office.first().mailbox();
    assertThat(office.mongo.findById("lead-2/outreach/1", Touch.class).mailbox()).isEqualTo(mine);

    all.put("another", mailbox("another@harbor.example", Security.NONE, null, null, Map.of()));
    all.put("zoe", mailbox("zoe@harbor.example", Security.NONE, null, null, Map.of()));
    mailboxes(all);
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 2));

    assertThat(arrived).hasSize(3).allMatch(mail -> mail.contains(mine + "@harbor.example"));
  }

  @Test
  void aMailboxThatRestsSendsNothingUntilItGoesOn() {
    var rotation = office.rotation();
    rotation.rest("default", "too many bounces", "limit");

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("NOT_NOW"))
        .hasMessageContaining("too many bounces");
    assertThat(office.arrived()).isEmpty();

    rotation.goOn("default", "Robin");
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void aTrialSendsNothingByAMailboxesOwnServer() {
    serve(Security.NONE, "nothing", "");
    office.mailboxes = new MailboxSettings(
        false, Map.of("alex", mailbox("alex@harbor.example", Security.NONE, null, null, Map.of())));
    office.live = false;

    office.worker(office.settings(true), true).handle(FIRST);

    assertThat(arrived).isEmpty();
    assertThat(office.arrived()).hasSize(1);
  }

  private void notNow() {
    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("NOT_NOW"));
  }

  private void another(String lead) {
    office.approved(lead);
  }

  private void mailboxes(Map<String, MailboxSettings.Mailbox> all) {
    office.mailboxes = new MailboxSettings(true, all);
  }

  private MailboxSettings.Mailbox mailbox(
      String email, Security security, String password, OAuth oauth, Map<String, String> properties) {
    return new MailboxSettings.Mailbox(
        null, email, "127.0.0.1", server.port(), MailboxSettings.Security.valueOf(security.name()),
        password == null ? null : email, password, oauth, TokenIn.BOTH, null, 2, properties);
  }

  private OAuth oauth() {
    return new OAuth(
        URI.create("http://127.0.0.1:" + tokens.getAddress().getPort() + "/token"), "us", "hush", "consent", null);
  }

  private void serve(Security security, String command, String answer) {
    server = new OddSmtpServer(security, command, answer, arrived::add);
  }

  /** A token endpoint; %d in its answer counts. */
  private List<String> serveTokens(int status, String answer) throws IOException {
    var asked = new CopyOnWriteArrayList<String>();
    tokens = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    tokens.createContext("/token", exchange -> {
      asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      byte[] body = (answer.contains("%d") ? answer.formatted(asked.size()) : answer).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    tokens.start();
    return asked;
  }
}
