package dev.leadline.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.leadline.lead.Attribution;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.Lead;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppression.Reason;
import io.camunda.client.exception.BpmnError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mails that ask for their turn, with the tables of bpmn/, a real database and a clock that is moved. */
class LineTest {

  private final TestOffice office = new TestOffice();
  private final TestOffice.App app = office.app();

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void whatMayGoGoesAtOnce() {
    var lead = office.lead("jo@acme.de");

    var clearance = app.ask(lead);

    assertThat(clearance.verdict()).isEqualTo("now");
    assertThatCode(() -> app.permits.require(clearance.touch(), lead, "jo@acme.de")).doesNotThrowAnyException();
    assertThat(office.story(lead)).isEmpty();
  }

  @Test
  void outsideOfTheirHoursItWaitsAndSaysUntilWhen() {
    office.clock.set("2026-03-27T20:00:00Z"); // Friday evening; on Sunday clocks go forward
    var lead = office.lead("jo@acme.de");

    var clearance = app.ask(lead);

    assertThat(clearance.verdict()).isEqualTo("queued");
    assertThat(clearance.because()).contains("Europe/Berlin");
    assertThat(office.story(lead)).singleElement().asString().matches("E-mail 1 waits until Mon 30 Mar 2026, (08|09):\\d\\d \\(Europe/Berlin\\)");
    refuses(clearance.touch(), lead, "NOT_NOW");

    office.clock.set("2026-03-30T06:29:59Z");
    app.dispatcher.round();
    assertThat(office.called).isEmpty();
    office.clock.set("2026-03-30T07:30:00Z");
    app.dispatcher.round();
    assertThat(office.called).containsExactly(clearance.touch());
    assertThatCode(() -> app.permits.require(clearance.touch(), lead, "jo@acme.de")).doesNotThrowAnyException();
  }

  @Test
  void onAPublicHolidayItWaitsForTheNextDay() {
    office.clock.set("2026-10-26T09:00:00Z"); // the last Monday of October is one in Ireland only
    assertThat(app.ask(office.lead("jo@acme.ie")).because()).isEqualTo("It is a public holiday where they are");
    assertThat(app.ask(office.lead("jo@acme.de")).verdict()).isEqualTo("now");
  }

  @Test
  void theTurnEndsAfterAWhileOrWithTheirHours() {
    office.clock.set("2026-03-04T16:28:00Z");
    var lead = office.lead("jo@acme.de");
    var touch = app.ask(lead).touch();

    office.clock.pass(Duration.ofMinutes(2));

    refuses(touch, lead, "NOT_NOW");
    assertThat(app.ask(lead).verdict()).isEqualTo("queued");
  }

  @Test
  void anAnswerGoesAtAnyHour() {
    office.clock.set("2026-03-28T02:00:00Z");
    var lead = office.lead("jo@acme.de");
    assertThat(app.ask(lead, Campaign.FOLLOW_UP, 2).verdict()).isEqualTo("now");
  }

  @Test
  void whoIsOnAListIsMailedOnlyWhereTheLawLetsUs() {
    assertThat(app.ask(office.lead("jo@acme.de", "Purchased list")).verdict()).isEqualTo("never");
    assertThat(app.ask(office.lead("jo@acme.example", "Purchased list")).verdict()).isEqualTo("never");
    assertThat(app.ask(office.lead("jo@acme.fr", "Purchased list")).verdict()).isEqualTo("now");
    assertThat(office.story("jo-acme-de")).containsExactly("E-mail 1 will not be sent");
  }

  @Test
  void oneMailAfterAnotherNeedsDaysBetweenAndAnotherCampaignLonger() {
    var lead = office.lead("jo@acme.de");
    app.ask(lead);
    app.permits.used(touch(lead, 1));

    office.clock.pass(Duration.ofHours(3));
    assertThat(app.ask(lead, Campaign.OUTREACH, 2).because()).contains("a short while ago");
    assertThat(waiting(touch(lead, 2)).notBefore()).isBetween("2026-03-06T10:00:00Z", "2026-03-06T10:00:00Z");
    assertThat(app.ask(lead, Campaign.NURTURE, 1).because()).isEqualTo("Another campaign writes to them");
    assertThat(waiting(lead + "/nurture/1").notBefore()).isAfter("2026-04-03T00:00:00Z");
    assertThat(app.ask(lead, Campaign.FOLLOW_UP, 3).verdict()).isEqualTo("now");
  }

  @Test
  void notMoreThanTwoOfACompanyAtATimeButAnyNumberAtAMailService() {
    office.instead.put("mailbox-policy", noCaps());
    var verdicts = Stream.of("a@acme.de", "b@acme.de", "c@acme.de", "a@gmx.de", "b@gmx.de", "c@gmx.de")
        .map(email -> app.ask(office.lead(email)).verdict()).toList();
    assertThat(verdicts).containsExactly("now", "now", "queued", "now", "now", "now");

    office.clock.pass(Duration.ofDays(14).plusHours(1));
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch("c-acme-de", 1));
  }

  @Test
  void somebodyHeldWaitsUntilTheHoldEndsOrIsReleased() {
    var lead = office.lead("jo@acme.de");
    var other = office.lead("mia@acme.de");
    app.holds.hold(lead, Instant.parse("2026-03-16T09:00:00Z"), "out of office", "read-reply");
    app.holds.hold("acme.de", Instant.parse("2026-03-06T09:00:00Z"), "a colleague has answered", "read-reply");
    app.holds.hold(lead, Instant.parse("2026-03-05T09:00:00Z"), "shorter", "read-reply");

    assertThat(app.ask(lead).because()).isEqualTo("out of office");
    assertThat(app.ask(other).because()).isEqualTo("a colleague has answered");
    office.clock.set("2026-03-06T12:00:00Z");
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch(other, 1));

    app.holds.release(lead, "Robin");
    office.clock.pass(Duration.ofMinutes(2));
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch(other, 1), touch(lead, 1));
    assertThat(office.story(lead)).contains("Nothing goes to them before 2026-03-16: out of office", "Mail may go to them again");
  }

  @Test
  void aHoldTakesATurnBackThatWasGiven() {
    var lead = office.lead("jo@acme.de");
    var touch = app.ask(lead).touch();
    app.holds.hold("acme.de", Instant.parse("2026-03-06T09:00:00Z"), "a colleague has answered", "read-reply");
    refuses(touch, lead, "NOT_NOW");
  }

  @Test
  void thePanicSwitchStopsWhatHasItsTurnAndWhatAsksForItAndNothingIsLost() {
    office.instead.put("mailbox-policy", noCaps());
    var first = office.lead("jo@acme.de");
    var touch = app.ask(first).touch();
    app.panic.stop("Robin", "wrong text");

    refuses(touch, first, "SENDING_STOPPED");
    assertThat(app.ask(first).because()).isEqualTo("All sending is stopped");
    assertThat(app.ask(office.lead("mia@other.de")).verdict()).isEqualTo("queued");
    app.dispatcher.round();
    assertThat(office.called).isEmpty();
    assertThat(app.panic.stop("Maja", "me too").by()).isEqualTo("Robin");

    assertThat(app.panic.resume("Maja", "text is mended")).isTrue();
    app.dispatcher.round();
    assertThat(office.called).containsExactlyInAnyOrder(touch, touch("mia-other-de", 1));
    assertThat(app.panic.uses()).extracting(PanicSwitch.Use::by).containsExactlyInAnyOrder("Robin", "Maja");
  }

  @Test
  void whoIsSuppressedAnswersOrIsClosedWhileTheyWaitGetsNoTurn() {
    office.clock.set("2026-03-28T12:00:00Z");
    var lead = office.lead("jo@acme.de");
    app.ask(lead);
    office.suppressions.insert(
        new Suppression("jo@acme.de", Reason.UNSUBSCRIBED, Instant.EPOCH, "link", Suppression.Told.PENDING));
    var other = office.lead("mia@other.de");
    app.ask(other);
    office.answers.save(new LastAnswer(other, "reply-1", Instant.parse("2026-03-29T12:00:00Z")));
    var dropped = office.lead("leo@third.de");
    app.ask(dropped);
    office.leads.save(office.leads.get(dropped).withStage(Lead.Stage.CLOSED));
    office.clock.set("2026-03-30T12:00:00Z");
    app.dispatcher.round();
    assertThat(app.queue.waiting()).isZero();
    assertThat(app.loads.uses().getFirst().today()).isZero();
    refuses(touch(lead, 1), lead, "NOT_NOW");
    refuses(touch(other, 1), other, "NOT_NOW");
    refuses(touch(dropped, 1), dropped, "NOT_NOW");
    assertThat(app.ask(dropped).verdict()).isEqualTo("never");
    assertThat(app.queue.find(touch(dropped, 1))).isEmpty();
  }

  @Test
  void whoIsClosedIsSentNothingButAnswersAndMeetings() {
    office.instead.put("mailbox-policy", noCaps());
    var lead = office.lead("jo@acme.de");
    app.ask(lead);
    app.permits.used(touch(lead, 1));
    office.leads.save(office.leads.get(lead).withStage(Lead.Stage.CLOSED));
    office.clock.pass(Duration.ofDays(42));

    var refused = app.ask(lead, Campaign.OUTREACH, 2);
    assertThat(refused.verdict()).isEqualTo("never");
    assertThat(refused.because()).startsWith("They are closed");
    assertThat(refused.outcome()).isEqualTo("closed");
    assertThat(Stream.of(Campaign.NURTURE, Campaign.FOLLOW_UP).map(campaign -> app.ask(lead, campaign, 1).verdict()))
        .containsOnly("never");
    assertThat(Stream.of(Campaign.REPLY, Campaign.MEETING).map(campaign -> app.ask(lead, campaign, 1).verdict()))
        .containsOnly("now");
    assertThat(office.story(lead)).contains("E-mail 2 will not be sent");
  }

  @Test
  void aRowThatCannotBeUsedKeepsOnlyThoseWaitingWhomItFits() {
    office.clock.set("2026-03-28T12:00:00Z"); // a Saturday
    office.instead.put("mailbox-policy", noCaps());
    var lead = office.lead("jo@acme.fr");
    app.ask(lead);
    var other = office.lead("mia@other.de");
    app.ask(other);
    var wrong = new HashMap<>(always("PT1H"));
    wrong.put("from", "nine");
    office.instead.put("send-policy FR", wrong);
    office.clock.set("2026-03-30T12:00:00Z");

    app.dispatcher.round();

    assertThat(office.called).containsExactly(touch(other, 1));
    assertThat(waiting(touch(lead, 1)).because())
        .isEqualTo("The table send-policy has a row that cannot be used (test): Text 'nine' could not be parsed at index 0");

    office.instead.remove("send-policy FR");
    office.clock.pass(Duration.ofMinutes(2));
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch(other, 1), touch(lead, 1));
  }

  /** Two applications, 60 mails, four days: whatever happens, no minute and no day has more than the table says. */
  @Test
  void theCapsAreNeverExceededByTwoApplicationsTogether() throws Exception {
    var second = office.app();
    var given = new ArrayList<Instant>();
    var leads = Stream.iterate(1, i -> i + 1).limit(60).map(i -> office.lead("jo@company" + i + ".de")).toList();
    for (String lead : leads) if (app.ask(lead).verdict().equals("now")) given.add(office.clock.instant());

    while (office.clock.instant().isBefore(Instant.parse("2026-03-07T10:00:00Z"))) {
      int before = office.called.size();
      try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
        both.submit(app.dispatcher::round);
        both.submit(second.dispatcher::round);
      }
      for (int i = before; i < office.called.size(); i++) given.add(office.clock.instant());
      boolean night = office.clock.instant().toString().substring(11).compareTo("17") > 0;
      office.clock.pass(night ? Duration.ofHours(13) : Duration.ofSeconds(397));
    }

    assertThat(office.called).doesNotHaveDuplicates();
    var perDay = new HashMap<String, Integer>();
    var perMinute = new HashMap<String, Integer>();
    for (Instant at : given) {
      perDay.merge(at.toString().substring(0, 10), 1, Integer::sum);
      perMinute.merge(at.toString().substring(0, 16), 1, Integer::sum);
    }
    assertThat(perDay).containsEntry("2026-03-04", 10).containsEntry("2026-03-05", 10).hasSize(3); // Sat, Sun: none
    assertThat(perMinute.values()).allMatch(number -> number <= 2);
  }

  @Test
  void repliesGoFirstThenIntroductionsAndNobodyStarves() {
    office.instead.put("mailbox-policy", Map.of(
        "perDay", 1000, "perMinute", 1, "spacing", "PT0S", "spacingUpTo", "PT0S", "because", "test"));
    app.ask(office.lead("first@company.de")); // takes the turn of this minute
    var nudge = office.lead("nudge@nudge.de");
    app.ask(nudge, Campaign.NURTURE, 2);
    var intro = office.lead("intro@intro.de");
    app.ask(intro);
    var reply = office.lead("reply@reply.de");
    app.ask(reply, Campaign.FOLLOW_UP, 1);
    for (int minute = 0; minute < 3; minute++) {
      office.clock.pass(Duration.ofMinutes(1));
      app.dispatcher.round();
    }
    assertThat(office.called).containsExactly(reply + "/follow-up/1", touch(intro, 1), nudge + "/nurture/2");

    // Ten introductions came before the nudge and one more comes every minute, so all turns are taken; but of those that
    // come, the ones that come an hour after the nudge stand behind it.
    office.called.clear();
    office.instead.put("send-policy", always("PT1H"));
    for (int i = 0; i < 10; i++) app.ask(office.lead("jo@early" + i + ".de"));
    office.instead.put("send-policy", always("PT2H"));
    var late = office.lead("late@late.de");
    app.ask(late, Campaign.NURTURE, 2);
    office.instead.put("send-policy", always("PT1H"));
    int minutes = 0;
    for (; !office.called.contains(late + "/nurture/2") && minutes < 200; minutes++) {
      office.clock.pass(Duration.ofMinutes(1));
      app.ask(office.lead("jo@c" + minutes + ".de"));
      app.dispatcher.round();
    }
    assertThat(minutes).isBetween(60, 75);
  }

  @Test
  void nobodyGoesPastThoseWhoStandInLine() {
    office.instead.put("mailbox-policy", Map.of(
        "perDay", 1000, "perMinute", 1, "spacing", "PT0S", "spacingUpTo", "PT0S", "because", "test"));
    app.ask(office.lead("a@a.de"));
    assertThat(app.ask(office.lead("b@b.de")).verdict()).isEqualTo("queued");
    office.clock.pass(Duration.ofMinutes(1));
    assertThat(office.app().ask(office.lead("c@c.de")).verdict()).as("of another application").isEqualTo("queued");
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch("b-b-de", 1));
  }

  @Test
  void eachMailboxHasItsOwnCapAndOneThatIsFullKeepsNobodyElseWaiting() {
    office.mailboxes.add("kim");
    office.instead.put("mailbox-policy", Map.of(
        "perDay", 1, "perMinute", 1, "spacing", "PT0S", "spacingUpTo", "PT0S", "because", "test"));

    var verdicts = Stream.of("a@one.de", "b@two.de", "kim@three.de", "kim@four.de")
        .map(email -> app.ask(office.lead(email)).verdict()).toList();
    assertThat(verdicts).containsExactly("now", "queued", "now", "queued");

    office.clock.pass(Duration.ofDays(1));
    app.dispatcher.round();
    assertThat(office.called).containsExactlyInAnyOrder(touch("b-two-de", 1), touch("kim-four-de", 1));
    assertThat(app.loads.uses()).extracting(MailboxLoads.Use::mailbox, MailboxLoads.Use::today)
        .containsExactly(tuple("default@harbor.example", 1), tuple("kim@harbor.example", 1));
  }

  @Test
  void whatARestingMailboxHasToSendWaitsWithTheReasonUntilItGoesOn() {
    var lead = office.lead("jo@acme.de");
    office.instead.put("mailbox-policy", noCaps());
    var given = app.ask(lead).touch();
    app.holds.hold(Hold.mailbox("default"), null, "3 of 100 mails bounced", "limit");

    refuses(given, lead, "NOT_NOW");
    var other = office.lead("mia@other.de");
    assertThat(app.ask(other).because()).isEqualTo("3 of 100 mails bounced");
    app.dispatcher.round();
    assertThat(office.called).isEmpty();

    app.holds.release(Hold.mailbox("default"), "Robin");
    app.dispatcher.round();
    assertThat(office.called).containsExactly(touch(other, 1));
  }

  @Test
  void whoseMailboxIsNoLongerTheirsWaitsForTheOther() {
    var lead = office.lead("kim@acme.de");
    office.clock.set("2026-03-04T20:00:00Z");
    app.ask(lead);
    office.mailboxes.add("kim");
    office.clock.set("2026-03-05T12:00:00Z");

    app.dispatcher.round();

    assertThat(office.called).containsExactly(touch(lead, 1));
    assertThat(app.permits.require(touch(lead, 1), lead, "kim@acme.de").mailbox()).isEqualTo("kim");
  }

  @Test
  void whoDidNotAskIsToldWhereTheirAddressIsFrom() {
    var found = office.lead("jo@acme.fr", "Prospect list: Apollo");
    office.attributions.save(new Attribution(
        found, "c1", "Spring", "r1", "Apollo", Attribution.LEGITIMATE_INTEREST, office.clock.instant()));
    var listed = office.lead("mia@other.fr", "Purchased list");
    var asked = office.lead("leo@third.fr");
    office.instead.put("mailbox-policy", noCaps());

    var said = Stream.of(found, listed, asked).map(lead ->
        app.permits.require(app.ask(lead).touch(), lead, office.leads.get(lead).address()).mustSay()).toList();

    assertThat(said).containsExactly(
        new MustSay(true, true, "Apollo"), new MustSay(true, true, "Purchased list"), new MustSay(true, true, null));
  }

  @Test
  void whatTheMailServerDoesNotTakeForNowIsTriedAgainAndLessOftenEachTime() {
    office.instead.put("mailbox-policy", noCaps());
    var lead = office.lead("jo@acme.de");
    var touch = app.ask(lead).touch();
    for (int minutes : List.of(1, 5, 15, 60, 60)) {
      assertThat(app.permits.defer(touch, "The mail server says: 450 greylisted")).isTrue();
      refuses(touch, lead, "NOT_NOW");
      var clearance = app.ask(lead);
      assertThat(clearance.verdict()).isEqualTo("queued");
      assertThat(clearance.because()).isEqualTo("The mail server says: 450 greylisted");
      assertThat(app.ask(lead)).isEqualTo(clearance);
      assertThat(waiting(touch).notBefore()).isEqualTo(office.clock.instant().plus(Duration.ofMinutes(minutes)));
      assertThat(app.loads.uses().getFirst().today()).as("turns in vain").isZero();

      office.called.clear();
      app.queue.lookAgain(lead);
      app.dispatcher.round();
      assertThat(office.called).as("before its time").isEmpty();
      office.clock.pass(Duration.ofMinutes(minutes));
      app.dispatcher.round();
      assertThat(office.called).containsExactly(touch);
      assertThatCode(() -> app.permits.require(touch, lead, "jo@acme.de")).doesNotThrowAnyException();
    }
    assertThat(office.story(lead)).containsExactly("E-mail 1 is tried again: the mail server did not take it for now");

    app.permits.used(touch);
    assertThat(app.queue.find(touch)).isEmpty();
  }

  @Test
  void afterADayAPersonIsToLookAndThenItBeginsAnew() {
    var lead = office.lead("jo@acme.de");
    var touch = app.ask(lead, Campaign.REPLY, 1).touch();
    app.permits.defer(touch, "The mail server is away");
    office.clock.pass(Duration.ofDays(1));
    for (int pause = 2; pause <= 4; pause++) {
      app.ask(lead, Campaign.REPLY, 1);
      assertThat(app.permits.defer(touch, "The mail server is away")).as("pause %d", pause).isTrue();
      office.clock.pass(Duration.ofHours(1));
    }
    app.ask(lead, Campaign.REPLY, 1);

    assertThat(app.permits.defer(touch, "The mail server is away")).isFalse();

    office.clock.pass(Duration.ofHours(3));
    assertThat(app.ask(lead, Campaign.REPLY, 1).verdict()).isEqualTo("now");
    assertThat(app.permits.defer(touch, "The mail server is away")).isTrue();
    app.ask(lead, Campaign.REPLY, 1);
    assertThat(waiting(touch).notBefore()).isEqualTo(office.clock.instant().plus(Duration.ofMinutes(1)));
  }

  @Test
  void aTurnWhoseMessageWasInterruptedIsToldAgainAndOnlyOnce() {
    office.clock.set("2026-03-28T12:00:00Z");
    var lead = office.lead("jo@acme.de");
    app.ask(lead);
    office.clock.set("2026-03-30T12:00:00Z");
    office.engineAway = true;
    assertThatCode(app.dispatcher::round).doesNotThrowAnyException();
    assertThat(office.called).isEmpty();

    office.engineAway = false;
    var afterARestart = office.app();
    afterARestart.dispatcher.round();
    afterARestart.dispatcher.round();
    assertThat(office.called).containsExactly(touch(lead, 1));
  }

  @Test
  void theSandboxKnowsNoHours() {
    office.clock.set("2026-12-25T03:00:00Z");
    var sandbox = office.app(true);
    var lead = office.lead("jo@acme.de");
    for (int number = 1; number <= 4; number++) {
      assertThat(sandbox.ask(lead, Campaign.OUTREACH, number).verdict()).isEqualTo("now");
      sandbox.permits.used(touch(lead, number));
    }
    assertThat(sandbox.loads.uses().getFirst().today()).isEqualTo(4);
  }

  @Test
  void aMailboxWithAServerOfItsOwnIsNoSandbox() {
    office.clock.set("2026-12-25T03:00:00Z");
    office.serversOfTheirOwn = true;
    assertThat(office.app(true).ask(office.lead("jo@acme.de")).verdict()).isEqualTo("queued");
  }

  private void refuses(String touch, String lead, String code) {
    assertThatThrownBy(() -> app.permits.require(touch, lead, office.leads.get(lead).address()))
        .isInstanceOfSatisfying(BpmnError.class, error -> assertThat(error.getErrorCode()).isEqualTo(code));
  }

  private QueuedTouch waiting(String touch) {
    return app.queue.find(touch).orElseThrow();
  }

  private static String touch(String lead, int number) {
    return lead + "/outreach/" + number;
  }

  private static Map<String, Object> noCaps() {
    return Map.of("perDay", 100_000, "perMinute", 10_000, "spacing", "PT0S", "spacingUpTo", "PT0S", "because", "test");
  }

  private static Map<String, Object> always(String patience) {
    return Map.of(
        "from", "00:00", "to", "24:00", "days", "Mon,Tue,Wed,Thu,Fri,Sat,Sun", "holidays", true, "jitter", "PT0S",
        "patience", patience, "because", "test");
  }
}
