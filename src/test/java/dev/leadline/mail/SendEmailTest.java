package dev.leadline.mail;

import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.timeline.TimelineEntry.Actor;
import dev.leadline.outreach.Draft;
import dev.leadline.approval.TestApprovals;
import dev.leadline.agent.Answer;
import dev.leadline.lead.Lead;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.mail.SettlementApi.Settlement;
import dev.leadline.mail.Touch.State;
import dev.leadline.suppression.Suppression;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class SendEmailTest {

  private static final Input FIRST = new Input(Office.LEAD, Office.DRAFT, 1);
  private static final Input SECOND = new Input(Office.LEAD, Office.DRAFT, 2);

  private final Office office = new Office();

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void anApprovedMailGoesOutAndTheTimelineTells() throws Exception {
    var touch = office.worker().handle(FIRST).touch();

    assertThat(office.arrived()).singleElement().satisfies(mail -> {
      assertThat(mail.getSubject()).isEqualTo("Hand-offs at Acme");
      assertThat(mail.getMessageID()).isEqualTo(touch.messageId()).endsWith("@harbor.example>");
      assertThat(Office.text(mail)).contains("shall we talk about hand-offs?");
    });
    assertThat(office.first().state()).isEqualTo(State.SENT);
    assertThat(office.story()).containsExactly("E-mail 1 was sent");
    assertThat(office.leads.get(Office.LEAD).stage()).isEqualTo(Lead.Stage.CONTACTING);
  }

  @Test
  void aRepeatedJobSendsNothing() {
    var worker = office.worker();

    assertThat(worker.handle(FIRST)).isEqualTo(worker.handle(FIRST)).isEqualTo(office.worker().handle(FIRST));

    assertThat(office.arrived()).hasSize(1);
    assertThat(office.story()).hasSize(1);
  }

  @Test
  void oneOfManyJobsAtOnceSends() throws Exception {
    var mine = office.worker();
    var theirs = office.worker();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> mineOnce = () -> outcome(mine);
      Callable<String> theirsOnce = () -> outcome(theirs);
      threads.invokeAll(range(0, 40).mapToObj(i -> i % 2 == 0 ? mineOnce : theirsOnce).toList());
    }

    assertThat(office.arrived()).hasSize(1);
    assertThat(office.first().state()).isEqualTo(State.SENT);
  }

  private static String outcome(SendEmail worker) {
    try {
      return worker.handle(FIRST).touch().messageId();
    } catch (JobError busy) {
      assertThat(busy.getRetries()).isPositive();
      return "busy";
    }
  }

  @Test
  void withoutAnApprovalNothingGoesOut() {
    office.withdrawApprovals();

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("NOT_APPROVED"));

    assertThat(office.arrived()).isEmpty();
    assertThat(office.story()).containsExactly("E-mail 1 was not sent: nobody approved exactly this content");
  }

  @Test
  void whoIsClosedGetsNothingMoreOfASequenceButAnAnswer() {
    office.leads.change(Office.LEAD, lead -> lead.withStage(Lead.Stage.CLOSED));

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("NOT_NOW"));
    assertThat(office.arrived()).isEmpty();

    var answer = new Draft(
        "answer", Office.LEAD, Draft.Campaign.REPLY, 1, List.of(Office.email(1, "Re: Hand-offs at Acme", "Gladly.")),
        null, List.of(), Answer.Source.RULES, null);
    office.drafts.save(answer);
    TestApprovals.approve(office.approvals, office.leads.get(Office.LEAD), answer, "Robin", Actor.PERSON);
    office.worker().handle(new Input(Office.LEAD, "answer", 1));
    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void anEditAfterTheApprovalNeedsANewOne() {
    office.drafts.save(Office.draft(Office.email(1, "Hand-offs at Acme", "Hello Jo, buy now")));

    assertThatThrownBy(() -> office.worker().handle(FIRST)).isInstanceOf(BpmnError.class);
    assertThat(office.arrived()).isEmpty();

    office.approveAll();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void anApprovalIsForOneAddress() {
    office.leads.change(Office.LEAD, lead -> new Lead(
        lead.id(), lead.version(), lead.address(), "other@acme.example", lead.name(), lead.company(), lead.website(),
        lead.jobTitle(), lead.leadSource(), lead.projectDescription(), lead.journey(), lead.stage(), lead.score(),
        lead.tier(), lead.route(), lead.registeredAt(), lead.changedAt()));

    assertThatThrownBy(() -> office.worker().handle(FIRST)).isInstanceOf(BpmnError.class);
    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void whoIsSuppressedGetsNothing() {
    office.suppressions.insert(new Suppression(
        Office.ADDRESS, Suppression.Reason.OBJECTED, Instant.now(), "Robin", Suppression.Told.TOLD));

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("CONTACT_SUPPRESSED"));

    assertThat(office.arrived()).isEmpty();
    assertThat(office.story()).hasSize(1);
  }

  @Test
  void aRealMailServerIsOnlyUsedForAllowedDomains() {
    var elsewhere = office.worker(office.settings(true, "example.org"), false);

    assertThatThrownBy(() -> elsewhere.handle(FIRST))
        .isInstanceOfSatisfying(JobError.class, e -> assertThat(e.getRetries()).isZero())
        .hasMessageContaining("leadline.mail.allowed-domains");
    office.environment.setActiveProfiles("default");
    for (var settings : List.of(office.settings(true), office.settings(true, "*"))) {
      assertThatThrownBy(() -> office.worker(settings, false).handle(FIRST)).hasMessageContaining("allowed-domains");
    }
    office.live = false;
    assertThatThrownBy(() -> office.worker(office.settings(true, "acme.example"), false).handle(FIRST))
        .hasMessageContaining("leadline.mail.live");
    assertThat(office.arrived()).isEmpty();

    office.worker(office.settings(true, "example.org"), true).handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void aDraftOfSomebodyElseIsNotSent() {
    assertThatThrownBy(() -> office.worker().handle(new Input("lead-2", Office.DRAFT, 1)))
        .hasMessageContaining("lead-2");
    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void aCrashAfterTheServerTookItIsNoSecondMail() {
    var messageId = office.worker().handle(FIRST).touch().messageId();
    crashed(office.first());

    assertThat(office.worker().handle(FIRST).touch().messageId()).isEqualTo(messageId);

    assertThat(office.arrived()).hasSize(1);
    assertThat(office.first().state()).isEqualTo(State.SENT);
  }

  @Test
  void aCrashAfterTheServerTookItIsNoSecondMailEvenIfTheTextWasEditedAndApprovedSince() {
    office.worker().handle(FIRST);
    crashed(office.first());
    office.drafts.save(Office.draft(Office.email(1, "Another subject", "Another text")));
    office.approveAll();

    office.worker().handle(FIRST);

    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void aCrashBeforeTheServerTookItSendsAgain() {
    prepareCrash();

    office.worker().handle(FIRST);

    assertThat(office.arrived()).hasSize(1);
    assertThat(office.first().state()).isEqualTo(State.SENT);
  }

  @Test
  void whoIsSuppressedWhileInDoubtGetsNothing() {
    prepareCrash();
    office.suppressions.insert(new Suppression(
        Office.ADDRESS, Suppression.Reason.UNSUBSCRIBED, Instant.now(), "link", Suppression.Told.TOLD));

    assertThatThrownBy(() -> office.worker().handle(FIRST)).isInstanceOf(BpmnError.class);

    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void withoutAMailboxToAskADoubtIsForAPerson() {
    prepareCrash();
    var blind = office.worker(office.settings(false, "*"), false);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> blind.handle(FIRST))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be told");
    }

    assertThat(office.arrived()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPersonSettlesADoubtAndTheJobGoesOn(boolean sent) {
    prepareCrash();
    var settings = office.settings(false, "*");
    var api = new SettlementApi(office.touches(settings), office.timeline);

    var settled = api.settle(new Settlement(Office.FIRST, sent), new MockHttpServletRequest());
    office.worker(settings, false).handle(FIRST);

    assertThat(settled.state()).isEqualTo(sent ? State.SENT : State.PREPARED);
    assertThat(office.arrived()).hasSize(sent ? 0 : 1);
    assertThat(office.story()).first().asString()
        .isEqualTo("API found that e-mail 1 " + (sent ? "had gone out" : "had not gone out"));
    assertThatThrownBy(() -> api.settle(new Settlement(Office.FIRST, true), new MockHttpServletRequest()))
        .hasMessageContaining("is not in doubt");
  }

  @Test
  void whatIsUnderWayIsNotForAPersonToSettle() {
    prepareCrash();
    office.mongo.save(held(office.first(), Instant.now().plusSeconds(60)));
    var api = new SettlementApi(office.touches(office.settings(false, "*")), office.timeline);

    assertThatThrownBy(() -> api.settle(new Settlement(Office.FIRST, false), new MockHttpServletRequest()))
        .hasMessageContaining("under way");
    assertThat(office.first().state()).isEqualTo(State.SENDING);
  }

  @Test
  void aMailboxThatIsAwayLeavesTheDoubtForLater() {
    prepareCrash();
    office.mail.getImap().stopService();

    assertThatThrownBy(() -> office.worker().handle(FIRST)).hasMessageContaining("IMAP");

    assertThat(office.arrived()).isEmpty();
    assertThat(office.first().state()).isEqualTo(State.SENDING);
  }

  @Test
  void whatAnotherWorkerStillSendsIsLeftToIt() {
    prepareCrash();
    var touch = office.first();
    office.mongo.save(held(touch, Instant.now().plusSeconds(60)));

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(JobError.class, e -> {
          assertThat(e.getRetries()).isEqualTo(3);
          assertThat(e.getRetryBackoff()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        });
    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void aFollowUpStaysInTheThread() throws Exception {
    var first = office.worker().handle(FIRST).touch().messageId();

    office.worker().handle(SECOND);

    assertThat(office.arrived()).hasSize(2);
    var followUp = office.arrived().get(1);
    assertThat(followUp.getHeader("In-Reply-To")).containsExactly(first);
    assertThat(followUp.getHeader("References")).containsExactly(first);
    assertThat(followUp.getSubject()).isEqualTo("Re: Hand-offs at Acme");
  }

  @Test
  void anAnswerStandsInTheThreadBehindWhatTheyWrote() throws Exception {
    String first = office.worker().handle(FIRST).touch().messageId();
    office.heard = List.of(new Heard.Letter("<theirs@acme.example>", Instant.now().plusSeconds(5)));
    var answer = new Draft(
        "answer", Office.LEAD, Draft.Campaign.MEETING, 1, List.of(Office.email(1, "Re: Hand-offs at Acme", "Gladly.")),
        null, List.of(), Answer.Source.RULES, null);
    office.drafts.save(answer);
    TestApprovals.approve(office.approvals, office.leads.get(Office.LEAD), answer, "row 1", Actor.TABLE);

    office.worker().handle(new Input(Office.LEAD, "answer", 1));

    var mail = office.arrived().getLast();
    assertThat(mail.getHeader("In-Reply-To")).containsExactly("<theirs@acme.example>");
    assertThat(mail.getHeader("References", "").replaceAll("\\s+", " ")).isEqualTo(first + " <theirs@acme.example>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-replied");
  }

  /** As if the application had died between the first words to the server and its own note. */
  private void prepareCrash() {
    var settings = office.settings(true, "*");
    var content = office.approvals.content(
        office.leads.get(Office.LEAD), office.drafts.get(Office.DRAFT), office.drafts.get(Office.DRAFT).email(1));
    var touches = office.touches(settings);
    var touch = touches.prepare(content, Office.DRAFT, Office.ADDRESS, "token");
    crashed(touches.claim(touch, Office.DRAFT, Office.ADDRESS, content.hash(), "<x@harbor.example>", "default")
        .orElseThrow());
  }

  private void crashed(Touch touch) {
    office.mongo.save(held(touch, Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MILLIS)));
  }

  private static Touch held(Touch touch, Instant until) {
    return new Touch(
        touch.id(), touch.leadId(), touch.campaign(), touch.number(), touch.draftId(), State.SENDING, touch.address(),
        touch.contentHash(), touch.messageId(), touch.holder(), until, null, touch.mailbox(),
        touch.token());
  }
}
