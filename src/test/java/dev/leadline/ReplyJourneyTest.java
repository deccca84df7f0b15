package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.replies.Incoming;
import dev.leadline.replies.IncomingMails;
import dev.leadline.suppression.Suppressions;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.process.test.api.CamundaProcessTestContext;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mail.javamail.JavaMailSender;

/** Leads who answer by mail, with the real steps, rules, engine, database and mail server. */
@JourneyTest
class ReplyJourneyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired CamundaClient camunda;
  @Autowired CamundaProcessTestContext engine;
  @Autowired JavaMailSender smtp;
  @Autowired Leads leads;
  @Autowired People people;
  @Autowired SentMails sent;
  @Autowired IncomingMails mails;
  @Autowired Suppressions suppressions;
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
    // Times for a meeting may be on their way to them by now; the sequence is over.
    assertThat(sent.to(lead)).extracting(ReplyJourneyTest::campaign).containsOnlyOnce("nurture");
    assertThat(http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/leads/" + lead.id() + "/messages"))
                .build(),
            BodyHandlers.ofString()).body())
        .contains("\"ours\":true", "Could you tell me more?");
    var thread = mails.findByLeadIdOrderByReceivedAt(lead.id());
    assertThat(thread).extracting(Incoming::kind).containsExactly(Incoming.Kind.PERSON);
    assertThat(thread.getFirst().match().by()).isEqualTo(Incoming.Match.By.HEADERS);
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text)
        .contains("They wrote to us", "The journey ended: they answered");
  }

  @Test
  void anAutomaticAnswerStopsNothingAndHoldsUntilTheirReturn() throws Exception {
    var lead = contacted();

    answer(lead, "I am out of the office until 15 December 2027.", Map.of("Auto-Submitted", "auto-replied"));

    awaitAction(lead, "hold");
    assertThat(leads.get(lead.id()).stage()).isEqualTo(Lead.Stage.CONTACTING);
    assertThat(running(lead)).isNotEmpty();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text)
        .anyMatch(text -> text.startsWith("Nothing goes to them before ")));
    assertThat(suppressions.findById(lead.address())).isEmpty();
  }

  @Test
  void whoHasLeftTheirCompanyIsClosedAndGetsNothingMoreOfTheSequence() throws Exception {
    var lead = contacted();

    answer(lead, "Sofie Lindqvist has left the company. This mailbox is no longer read.", Map.of("Auto-Submitted", "auto-replied"));

    awaitStage(lead, Lead.Stage.CLOSED);
    engine.increaseTime(Duration.ofDays(40));
    await().atMost(PATIENCE).until(() -> running(lead).isEmpty());
    assertThat(sent.to(lead)).hasSize(1);
    assertThat(leads.get(lead.id()).stage()).isEqualTo(Lead.Stage.CLOSED);
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text)
        .contains("E-mail 2 will not be sent", "The journey ended: they had been closed");
  }

  @Test
  void whoAsksToBeLeftAloneIs() throws Exception {
    var lead = contacted();

    answer(lead, "Please take me off your list and do not write to me again.", Map.of());

    awaitStage(lead, Lead.Stage.SUPPRESSED);
    awaitAction(lead, "suppress");
    assertThat(suppressions.findById(lead.address())).isPresent();
    await().atMost(PATIENCE).until(() -> running(lead).isEmpty());
  }

  @Test
  void whatNobodyUnderstandsIsAPersonsAndTheirDecisionCounts() throws Exception {
    var lead = contacted();
    answer(lead, "Lorem ipsum dolor sit amet.", Map.of());
    var task = people.task("HandleReply", lead);
    assertThatThrownBy(() -> people.complete(task, Map.of("action", "perhaps"))).hasMessageContaining("Choose");
    assertThatThrownBy(() -> people.complete(task, Map.of("action", "wait"))).hasMessageContaining("day that lies ahead");

    people.complete(task, Map.of("action", "close", "notes", "They sell to us"));

    awaitStage(lead, Lead.Stage.CLOSED);
    assertThat(mails.findByLeadIdOrderByReceivedAt(lead.id()).getFirst().decision())
        .satisfies(decision -> assertThat(decision.by()).isEqualTo("Robin"))
        .satisfies(decision -> assertThat(decision.action()).isEqualTo("close"));
    assertThat(timeline.of(lead.id())).flatExtracting(TimelineEntry::details).contains("They sell to us");
  }

  /** By the clocks of the table, whoever is asked in which task. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "What does it cost per month? | HandleReply | sales-leads | PT1H",
    "Which countries do you work in? Do you have customers in Sweden? | ReviewDrafts | sdr-reviewers | PT1H",
    "I am not responsible for this. Please contact my colleague Kim Larsen, kim@larsen.example. | AddReferral | sdr-reviewers | P1D",
  })
  void aReplyThatWaitsTooLongIsEscalated(String words, String element, String owner, Duration clock) throws Exception {
    var lead = contacted();
    answer(lead, words, Map.of());

    assertEscalated(lead, element, owner, clock);
  }

  @Test
  void aReplyOfSomebodyElseInTheirCompanyIsEscalatedToo() throws Exception {
    var lead = contacted();
    var mail = smtp.createMimeMessage();
    mail.setFrom("kim@" + lead.email().split("@")[1]);
    mail.setRecipients(Message.RecipientType.TO, sent.to(lead).getLast().getFrom());
    mail.setSubject("Your mail", "UTF-8");
    mail.setText("My colleague showed me your mail, this is interesting.", "UTF-8");
    smtp.send(mail);

    assertEscalated(lead, "ConfirmSender", "sdr-reviewers", Duration.ofHours(4));
  }

  private void assertEscalated(Lead lead, String element, String owner, Duration clock) {
    var task = people.task(element, lead);
    assertThat(task.getCandidateGroups()).containsExactly(owner);
    assertThat(Duration.between(task.getCreationDate(), task.getDueDate())).isCloseTo(clock, Duration.ofMinutes(1));

    engine.increaseTime(clock.plusMinutes(1));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(timeline.of(lead.id()))
        .filteredOn(entry -> entry.step().equals("escalate-review")).extracting(TimelineEntry::text)
        .singleElement().asString().contains("“%s” is overdue".formatted(task.getName())));
  }

  @Test
  void whoWantsToWaitIsWrittenToThenUnlessTheyWriteFirst() throws Exception {
    var lead = contacted();
    answer(lead, "Not now, please come back to us in six months.", Map.of());
    awaitAction(lead, "wait");

    answer(lead, "What does it cost per month?", Map.of());

    people.complete(people.task("HandleReply", lead), Map.of("action", "done"));
    engine.increaseTime(Duration.ofDays(400));
    await().atMost(PATIENCE).until(() -> replying(lead).isEmpty());
    assertThat(sent.to(lead)).hasSize(1);
  }

  @Test
  void whomTheyReferToBecomesALeadOnlyWithAReason() throws Exception {
    var lead = contacted();
    var other = "kim@" + lead.email().split("@")[1];
    answer(lead, "I am not responsible for this. Please contact my colleague Kim Larsen, " + other + ".", Map.of());
    var task = people.task("AddReferral", lead);
    var asked = new HashMap<String, Object>(
        Map.of("add", true, "name", "Kim Larsen", "email", other, "jobTitle", "COO"));
    assertThatThrownBy(() -> people.complete(task, asked)).hasMessageContaining("why we may write");
    assertThat(leads.findByAddress(other)).isEmpty();

    asked.put("basis", "They were told that we would");
    people.complete(task, asked);

    await().atMost(PATIENCE).until(() -> leads.findByAddress(other).isPresent());
    assertThat(timeline.of(leads.findByAddress(other).orElseThrow().id())).extracting(TimelineEntry::text)
        .contains("Named in a reply by another lead");
  }

  /** No header says that it is a machine, and its words are those of a person who is interested. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Thank you for your mail, this is interesting. Could you tell me more? | 1",
    "Thank you for your mail. Could we talk? The first of your times suits us. | 2",
  })
  void aMachineThatAnswersEveryMailDoesNotMakeUsMailItForEver(String words, int most) throws Exception {
    var lead = contacted();
    int first = sent.to(lead).size();

    answer(lead, words, Map.of());
    awaitQuiet(lead);
    for (int times = 2; times <= 10; times++) answer(lead, words, Map.of());
    await().atMost(PATIENCE).until(() -> mails.findByLeadIdOrderByReceivedAt(lead.id()).stream()
        .filter(mail -> mail.decision() != null).count() == 10);
    awaitQuiet(lead);

    assertThat(sent.to(lead)).hasSizeLessThanOrEqualTo(first + most);
  }

  /** Whatever runs for them waits for a person, a time or a mail. */
  private void awaitQuiet(Lead lead) {
    await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(
        () -> timeline.of(lead.id()).size(), new StableSize()::isUnchanged);
  }

  private static final class StableSize {
    private int last = -1;

    boolean isUnchanged(int size) {
      boolean same = size == last;
      last = size;
      return same;
    }
  }

  private void awaitAction(Lead lead, String action) {
    await().atMost(PATIENCE).until(() -> mails.findByLeadIdOrderByReceivedAt(lead.id()).stream()
        .anyMatch(mail -> mail.decision() != null && mail.decision().action().equals(action)));
  }

  /** A nurture lead with the first mail in the mailbox. */
  private Lead contacted() throws Exception {
    var sample = (ObjectNode) JSON.readTree(getClass().getResource("/samples/leads.json")).valueStream()
        .filter(person -> person.path("name").asText().equals("Sofie Lindqvist")).findFirst().orElseThrow();
    // Of a company of their own: whoever answers slows down their colleagues.
    sample.put("email", "sofie@" + UUID.randomUUID() + ".example");
    var answer = http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/leads"))
            .header("Content-Type", "application/json").POST(BodyPublishers.ofString(sample.toString())).build(),
        BodyHandlers.ofString());
    var lead = leads.get(JSON.readTree(answer.body()).path("id").asText());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent.to(lead)).hasSize(1));
    awaitStage(lead, Lead.Stage.CONTACTING);
    return lead;
  }

  /** The lead answers the last mail they got, as any mail program does. */
  private void answer(Lead lead, String text, Map<String, String> headers) throws Exception {
    var last = sent.to(lead).getLast();
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

  private static String campaign(Message mail) {
    try {
      return mail.getHeader("X-Leadline-Touch")[0].split("/")[1];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitStage(Lead lead, Lead.Stage stage) {
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == stage);
  }

  /** Journeys that are not over. */
  private List<Long> running(Lead lead) {
    return running("lead-journey", lead);
  }

  private List<Long> replying(Lead lead) {
    return running("reply-handling", lead);
  }

  private List<Long> running(String process, Lead lead) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId(process)
            .state(ProcessInstanceState.ACTIVE)
            .variables(Map.of("leadId", "\"" + lead.id() + "\"")))
        .execute().items().stream().map(instance -> instance.getProcessInstanceKey()).toList();
  }
}
