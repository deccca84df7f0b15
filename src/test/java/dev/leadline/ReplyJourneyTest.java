package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.replies.Incoming;
import dev.leadline.replies.IncomingMails;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.process.test.api.CamundaProcessTestContext;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mail.javamail.JavaMailSender;

/** Leads who answer by mail, with the real steps, rules, engine, database and mail server. */
@JourneyTest
class ReplyJourneyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Value("${leadline.mail.imap.port}") int imapPort;
  @Value("${leadline.mail.imap.username}") String mailbox;
  @Value("${leadline.mail.imap.password}") String password;
  @Autowired CamundaClient camunda;
  @Autowired CamundaProcessTestContext engine;
  @Autowired JavaMailSender smtp;
  @Autowired Leads leads;
  @Autowired IncomingMails mails;
  @Autowired Timeline timeline;

  @BeforeEach
  void deployTheJourneys() throws Exception {
    Drawings.deploy(camunda);
  }

  @Test
  void whoAnswersGetsNothingMoreOfTheSequence() throws Exception {
    var lead = contacted();

    answer(lead, "Thank you, this is interesting. Could you tell me more?", Map.of());

    awaitStage(lead, Lead.Stage.ANSWERED);
    engine.increaseTime(Duration.ofDays(40));
    await().pollDelay(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> running(lead).isEmpty());
    assertThat(mailsTo(lead)).hasSize(1);
    var thread = mails.findByLeadIdOrderByReceivedAt(lead.id());
    assertThat(thread).extracting(Incoming::kind).containsExactly(Incoming.Kind.PERSON);
    assertThat(thread.getFirst().match().by()).isEqualTo(Incoming.Match.By.HEADERS);
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text)
        .contains("They wrote to us", "The journey ended: they answered");
  }

  @Test
  void anAutomaticAnswerStopsNothing() throws Exception {
    var lead = contacted();

    answer(lead, "I am out of the office until next Monday.", Map.of("Auto-Submitted", "auto-replied"));

    await().atMost(PATIENCE).until(() -> !mails.findByLeadIdOrderByReceivedAt(lead.id()).isEmpty());
    assertThat(leads.get(lead.id()).stage()).isEqualTo(Lead.Stage.CONTACTING);
    assertThat(running(lead)).isNotEmpty();
  }

  /** A nurture lead with the first mail in the mailbox. */
  private Lead contacted() throws Exception {
    var sample = (ObjectNode) JSON.readTree(getClass().getResource("/samples/leads.json")).valueStream()
        .filter(person -> person.path("name").asText().equals("Sofie Lindqvist")).findFirst().orElseThrow();
    sample.put("email", UUID.randomUUID() + "@" + sample.path("email").asText().split("@")[1]);
    var answer = http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/leads"))
            .header("Content-Type", "application/json").POST(BodyPublishers.ofString(sample.toString())).build(),
        BodyHandlers.ofString());
    var lead = leads.get(JSON.readTree(answer.body()).path("id").asText());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(mailsTo(lead)).hasSize(1));
    awaitStage(lead, Lead.Stage.CONTACTING);
    return lead;
  }

  /** The lead answers the last mail they got, as any mail program does. */
  private void answer(Lead lead, String text, Map<String, String> headers) throws Exception {
    var last = mailsTo(lead).getLast();
    var reply = smtp.createMimeMessage();
    reply.setFrom(lead.email());
    reply.setRecipients(Message.RecipientType.TO, last.getReplyTo() == null ? last.getFrom() : last.getReplyTo());
    reply.setSubject("Re: " + last.getSubject(), "UTF-8");
    reply.setHeader("In-Reply-To", last.getHeader("Message-ID")[0]);
    reply.setHeader("References", last.getHeader("Message-ID")[0]);
    for (var header : headers.entrySet()) reply.setHeader(header.getKey(), header.getValue());
    reply.setText(text + "\n\nOn Monday, Alex Morgan wrote:\n> " + last.getSubject() + "\n", "UTF-8");
    smtp.send(reply);
  }

  private void awaitStage(Lead lead, Lead.Stage stage) {
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == stage);
  }

  /** Journeys that are not over. */
  private List<Long> running(Lead lead) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("lead-journey")
            .state(ProcessInstanceState.ACTIVE)
            .variables(Map.of("leadId", "\"" + lead.id() + "\"")))
        .execute().items().stream().map(instance -> instance.getProcessInstanceKey()).toList();
  }

  private List<Message> mailsTo(Lead lead) throws Exception {
    try (var store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect("127.0.0.1", imapPort, mailbox, password);
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        var found = new ArrayList<Message>();
        for (var message : inbox.getMessages()) {
          if (message.getAllRecipients()[0].toString().contains(lead.email())) {
            found.add(new MimeMessage((MimeMessage) message));
          }
        }
        return found;
      }
    }
  }
}
