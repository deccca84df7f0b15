package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.Drawings;
import dev.leadline.JourneyTest;
import dev.leadline.People;
import dev.leadline.SentMails;
import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Event;
import dev.leadline.calendar.Ics;
import dev.leadline.calendar.Span;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.agent.Answer;
import dev.leadline.sending.PanicSwitch;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ElementInstanceType;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.process.test.api.CamundaProcessTestContext;
import io.camunda.zeebe.model.bpmn.Bpmn;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Meetings on their drawn journey with the real steps, tables, engine, database, calendar and mail server. */
@JourneyTest
class BookMeetingJourneyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Autowired CamundaClient camunda;
  @Autowired CamundaProcessTestContext engine;
  @Autowired Leads leads;
  @Autowired People people;
  @Autowired SentMails sent;
  @Autowired Dossiers dossiers;
  @Autowired Meetings meetings;
  @Autowired MeetingReplies replies;
  @Autowired Bookings bookings;
  @Autowired Diaries diaries;
  @Autowired Hosts hosts;
  @Autowired Calendars calendars;
  @Autowired PanicSwitch panic;
  @Autowired MongoOperations mongo;
  @Autowired Timeline timeline;

  @BeforeEach
  void deployTheJourneys() throws Exception {
    Drawings.deploy(camunda);
    var host = hosts.findAllByOrderByName().getFirst();
    if (host.mostPerDay() < 50) hosts.save(new Host(
        host.id(), host.version(), host.name(), host.email(), host.zone(), host.hours(), host.region(), host.before(),
        host.after(), host.notice(), 50, host.weight(), host.absences(), host.calendar(), host.calendarId(), host.location()));
  }

  @Test
  void aTimeChosenInAReplyIsBookedInvitedMovedAndCancelled() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    var proposed = meeting(lead, State.PROPOSED);
    assertThat(proposed.proposed()).hasSize(3);
    var proposal = mail(lead, 1);
    assertThat(SentMails.text(proposal)).contains("/meet/" + proposed.token());
    assertThat(held(proposed)).isEqualTo(3);

    var start = proposed.proposed().get(1);
    assertThat(replies.chosen(lead.id(), Times.dayAndTime(start, proposed.zone()) + " works for me")).isPresent();

    var booked = meeting(lead, State.BOOKED);
    assertThat(booked.start()).isEqualTo(start);
    var invitation = calendarPart(mail(lead, 2));
    assertThat(invitation).contains("METHOD:REQUEST", "UID:" + booked.uid(), "SEQUENCE:0");
    assertThat(held(booked)).as("the others are free").isEqualTo(1);
    assertThat(busy(booked)).containsExactly(booked.time());
    assertThat(leads.get(lead.id()).stage()).isEqualTo(Lead.Stage.MEETING);
    var task = people.task("HoldMeeting", lead);

    assertThat(replies.calendar(lead.id(), reply(booked, lead, "ACCEPTED"))).isTrue();
    assertThat(meetings.get(booked.id()).answer()).isEqualTo(Ics.Answer.ACCEPTED);

    var later = bookings.possible(booked).stream().filter(at -> at.isAfter(start.plus(Duration.ofDays(1)))).findFirst().orElseThrow();
    bookings.move(booked.id(), later, Actor.PERSON, "Robin");
    var update = calendarPart(mail(lead, 3));
    assertThat(update).contains("METHOD:REQUEST", "UID:" + booked.uid(), "SEQUENCE:1");
    await().atMost(PATIENCE).untilAsserted(() ->
        assertThat(busy(booked)).as("no ghost").containsExactly(booked.span(later)));
    assertThat(replies.calendar(lead.id(), reply(booked, lead, "DECLINED"))).as("to the old invitation").isTrue();
    assertThat(meetings.get(booked.id()).state()).isEqualTo(State.BOOKED);

    bookings.cancel(booked.id(), "cancelled", Actor.PERSON, "Robin");
    assertThat(held(booked)).isZero();
    var cancel = calendarPart(mail(lead, 4));
    assertThat(cancel).contains("METHOD:CANCEL", "UID:" + booked.uid(), "SEQUENCE:2");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(busy(booked)).isEmpty());
    await().atMost(PATIENCE).until(() -> people.tasks("HoldMeeting", lead).isEmpty());
    assertThat(task).isNotNull();
  }

  @Test
  void whatNobodyChoosesIsFreeAgain() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    var proposed = meeting(lead, State.PROPOSED);
    mail(lead, 1);

    engine.increaseTime(Duration.ofDays(3));

    assertThat(meeting(lead, State.LAPSED).because()).isEqualTo("no-answer");
    assertThat(held(proposed)).isZero();
    assertThat(replies.chosen(lead.id(), "The first one works")).isEmpty();
  }

  @Test
  void aColleagueConfirmsWhereThePolicyWantsOne() throws Exception {
    var lead = lead(Lead.Tier.C);
    wanted(lead);
    var proposed = meeting(lead, State.PROPOSED);
    mail(lead, 1);
    assertThat(replies.chosen(lead.id(), "The first one, please")).isPresent();

    var confirm = people.task("ConfirmMeeting", lead);
    assertThat(confirm.getCandidateGroups()).doesNotContain("sales-leads");
    engine.increaseTime(Duration.ofHours(4).plusMinutes(1));
    await().atMost(PATIENCE).untilAsserted(() ->
        assertThat(people.task("ConfirmMeeting", lead).getCandidateGroups()).contains("sales-leads"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(timeline.of(lead.id()))
        .filteredOn(entry -> entry.step().equals("escalate-review")).extracting(TimelineEntry::text)
        .singleElement().asString().contains("“Confirm meeting” is overdue"));
    assertThat(held(proposed)).as("a chosen time is held until somebody could confirm it").isEqualTo(1);

    var other = bookings.possible(meetings.get(proposed.id())).getLast();
    people.complete(confirm, Map.of("decision", "book", "start", other.toString()));

    assertThat(meeting(lead, State.BOOKED).start()).isEqualTo(other);
    assertThat(calendarPart(mail(lead, 2))).contains("METHOD:REQUEST");
  }

  @Test
  void theReminderComesOnceAndBeforeTheTimeThatCounts() throws Exception {
    var lead = lead(Lead.Tier.A);
    var booked = bookedFarAhead(lead);
    var later = bookings.possible(booked).getLast();
    bookings.move(booked.id(), later, Actor.PERSON, "Robin");
    mail(lead, 3);
    var host = people.task("HoldMeeting", lead);

    increaseTimeTo(booked.start().minus(Duration.ofHours(23)));
    increaseTimeTo(later.minus(Duration.ofHours(23)));
    var reminder = mail(lead, 4);
    assertThat(reminder.getSubject()).isEqualTo("A reminder: " + Times.inWords(later, booked.zone()));
    increaseTimeTo(later);
    people.complete(host, Map.of("result", "held", "notes", ""));

    meeting(lead, State.HELD);
    awaitTheEnd();
    assertThat(reminders()).isEqualTo(1);
    assertThat(sent.to(lead)).hasSize(4);
  }

  @Test
  void nobodyIsRemindedOfWhatWasCancelled() throws Exception {
    var lead = lead(Lead.Tier.A);
    var booked = bookedFarAhead(lead);
    bookings.cancel(booked.id(), "cancelled", Actor.PERSON, "Robin");
    assertThat(calendarPart(mail(lead, 3))).contains("METHOD:CANCEL");

    increaseTimeTo(booked.start());

    awaitTheEnd();
    assertThat(reminders()).isZero();
    assertThat(sent.to(lead)).hasSize(3);
  }

  @Test
  void whoDeclinesIsOfferedOtherTimesOnceAndNoShowsToo() throws Exception {
    var lead = lead(Lead.Tier.B);
    wanted(lead);
    meeting(lead, State.PROPOSED);
    mail(lead, 1);
    replies.chosen(lead.id(), "The first one, please");
    var booked = meeting(lead, State.BOOKED);
    mail(lead, 2);
    people.task("HoldMeeting", lead);

    assertThat(replies.calendar(lead.id(), reply(booked, lead, "DECLINED"))).isTrue();

    var again = meeting(lead, State.PROPOSED);
    assertThat(again.id()).isNotEqualTo(booked.id());
    assertThat(meetings.get(booked.id()).state()).isEqualTo(State.CANCELLED);
    assertThat(SentMails.text(mail(lead, 3))).contains("another time");
    assertThat(busy(booked)).isEmpty();

    replies.chosen(lead.id(), "The second one then");
    meeting(lead, State.BOOKED);
    mail(lead, 4);
    people.complete(people.task("HoldMeeting", lead), Map.of("result", "no-show", "notes", "Waited ten minutes"));
    meeting(lead, State.MISSED);
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text).contains("They did not come to the meeting");
  }

  @Test
  void whoseTimeIsTakenIsOfferedOthersAndTheFirstProposalIsOver() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    var first = meeting(lead, State.PROPOSED);
    mail(lead, 1);
    var dentist = new Event("dentist-" + lead.id(), 0, first.span(first.proposed().getFirst()), "Dentist", "", "");
    calendars.named("embedded").put(hosts.get(first.host()).calendarId(), dentist);

    assertThat(replies.chosen(lead.id(), "The first one, please")).isPresent();

    assertThat(meeting(lead, State.PROPOSED).id()).isNotEqualTo(first.id());
    assertThat(SentMails.text(mail(lead, 2))).contains("another time");
    assertThat(meetings.get(first.id())).extracting(Meeting::state, Meeting::because).containsExactly(State.LAPSED, "slot-taken");
    assertThat(held(first)).isZero();
  }

  @Test
  void whatIsMovedAndCancelledWhileTheInvitationWaitsIsNeverInvitedTo() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    meeting(lead, State.PROPOSED);
    mail(lead, 1);
    overAWeekend(() -> {
      replies.chosen(lead.id(), "The first one, please");
      var booked = meeting(lead, State.BOOKED);
      await().atMost(PATIENCE).until(() -> waiting(lead) == 1);

      var later = bookings.possible(booked).getLast();
      bookings.move(booked.id(), later, Actor.PERSON, "Robin");
      await().atMost(PATIENCE).until(() -> busy(booked).equals(List.of(booked.span(later))));
      bookings.cancel(booked.id(), "cancelled", Actor.LEAD, "booking page");
      await().atMost(PATIENCE).until(() -> busy(booked).isEmpty());
    });

    assertThat(calendarPart(mail(lead, 2))).contains("METHOD:CANCEL");
    awaitTheEnd();
    assertThat(sent.to(lead)).hasSize(2);
  }

  @Test
  void aProposalThatIsTakenBackBeforeItWentOutIsNotMailed() throws Exception {
    var lead = lead(Lead.Tier.A);
    overAWeekend(() -> {
      wanted(lead);
      var proposed = meeting(lead, State.PROPOSED);
      await().atMost(PATIENCE).until(() -> waiting(lead) == 1);
      bookings.cancel(proposed.id(), "cancelled", Actor.PERSON, "Robin");
      awaitTheEnd();
    });
    assertThat(sent.to(lead)).isEmpty();
  }

  @Test
  void aTimeThatIsChosenBeforeTheProposalWentOutIsBookedAtOnce() throws Exception {
    var lead = lead(Lead.Tier.A);
    overAWeekend(() -> {
      wanted(lead);
      var proposed = meeting(lead, State.PROPOSED);
      await().atMost(PATIENCE).until(() -> waiting(lead) == 1);
      bookings.choose(proposed.id(), proposed.proposed().getFirst(), Actor.PERSON, "Robin");
      meeting(lead, State.BOOKED);
    });
    assertThat(calendarPart(mail(lead, 1))).contains("METHOD:REQUEST");
  }

  @Test
  void whatIsCalledOffWhileTheCalendarIsAwayIsNotBookedAnyMore() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    var proposed = meeting(lead, State.PROPOSED);
    mail(lead, 1);
    calendarOf(proposed.host(), "google");
    try {
      replies.chosen(lead.id(), "The first one, please");
      await().atMost(PATIENCE).until(() -> !camunda.newJobSearchRequest()
          .filter(job -> job.type("book-meeting").hasFailedWithRetriesLeft(true)).execute().items().isEmpty());
      bookings.cancel(proposed.id(), "cancelled", Actor.PERSON, "Robin");
    } finally {
      calendarOf(proposed.host(), "embedded");
    }
    engine.increaseTime(Duration.ofDays(2));

    assertThat(calendarPart(mail(lead, 2))).contains("METHOD:CANCEL");
    awaitTheEnd();
    assertThat(busy(proposed)).isEmpty();
    assertThat(held(proposed)).isZero();
  }

  @Test
  void aProposalThatAPersonHasToSeeIsSeenWithinTheClockOfTheReply() throws Exception {
    var lead = lead(Lead.Tier.A);
    wanted(lead);
    mail(lead, 1);
    bookings.cancel(meeting(lead, State.PROPOSED).id(), "cancelled", Actor.PERSON, "Robin");
    awaitTheEnd();

    camunda.newPublishMessageCommand().messageName("meeting-wanted").correlationKey(lead.id()).variables(Map.of(
        "leadId", lead.id(), "score", Map.of("points", 70, "tier", "A"), "clock", "PT5M")).execute();

    var review = people.task("ReviewDrafts", lead);
    assertThat(Duration.between(review.getCreationDate(), review.getDueDate()))
        .isCloseTo(Duration.ofMinutes(5), Duration.ofMinutes(1));
    engine.increaseTime(Duration.ofMinutes(6));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(people.task("ReviewDrafts", lead).getCandidateGroups())
        .contains("sales-leads"));
  }

  private void calendarOf(String host, String calendar) {
    var known = hosts.get(host);
    hosts.save(new Host(
        known.id(), known.version(), known.name(), known.email(), known.zone(), known.hours(), known.region(), known.before(),
        known.after(), known.notice(), known.mostPerDay(), known.weight(), known.absences(), calendar, known.calendarId(),
        known.location()));
  }

  /** Mails that wait for their turn. */
  private long waiting(Lead lead) {
    return mongo.count(Query.query(Criteria.where("leadId").is(lead.id())), "outbox");
  }

  @Test
  void whoMeetsUsEndsWhatRunsAndNothingThatBeginsLater() throws Exception {
    var lead = lead(Lead.Tier.A);
    long running = listen("runs-before", lead);
    wanted(lead);
    meeting(lead, State.PROPOSED);
    mail(lead, 1);
    replies.chosen(lead.id(), "The first one, please");
    mail(lead, 2);

    assertThat(heard(running)).isEqualTo("lead-answered");
    long later = listen("begins-later", lead);
    camunda.newPublishMessageCommand().messageName("nothing-more").correlationKey(lead.id()).timeToLive(PATIENCE).execute();
    assertThat(heard(later)).isEqualTo("nothing-more");
  }

  /** A process of its own, since a message is told to each process once. */
  private long listen(String process, Lead lead) {
    var model = Bpmn.createExecutableProcess(process).startEvent().eventBasedGateway("Either")
        .intermediateCatchEvent("Answered").message(message -> message.name("lead-answered").zeebeCorrelationKey("=leadId"))
        .endEvent("lead-answered")
        .moveToLastGateway()
        .intermediateCatchEvent("Nothing").message(message -> message.name("nothing-more").zeebeCorrelationKey("=leadId"))
        .endEvent("nothing-more").done();
    camunda.newDeployResourceCommand().addProcessModel(model, process + ".bpmn").execute();
    return camunda.newCreateInstanceCommand().bpmnProcessId(process).latestVersion()
        .variables(Map.of("leadId", lead.id())).execute().getProcessInstanceKey();
  }

  /** The message that a listener was ended by. */
  private String heard(long listener) {
    return await().atMost(PATIENCE).until(() -> camunda.newElementInstanceSearchRequest()
        .filter(element -> element.processInstanceKey(listener).type(ElementInstanceType.END_EVENT)).execute().items(),
        ended -> !ended.isEmpty()).getFirst().getElementId();
  }

  /** Booked and invited to in two mails, with a day to remind before it and free times after it. */
  private Meeting bookedFarAhead(Lead lead) throws Exception {
    wanted(lead);
    var proposed = meeting(lead, State.PROPOSED);
    mail(lead, 1);
    var atLeast = Instant.now().plus(Duration.ofDays(3));
    bookings.choose(
        proposed.id(), bookings.possible(proposed).stream().filter(atLeast::isBefore).findFirst().orElseThrow(),
        Actor.PERSON, "Robin");
    var booked = meeting(lead, State.BOOKED);
    mail(lead, 2);
    people.task("HoldMeeting", lead);
    return booked;
  }

  private void increaseTimeTo(Instant then) {
    engine.increaseTime(Duration.between(engine.getCurrentTime(), then));
  }

  private void awaitTheEnd() {
    await().atMost(PATIENCE).until(() -> camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("book-meeting").state(ProcessInstanceState.ACTIVE))
        .execute().items().isEmpty());
  }

  /** How many reminders were about to be mailed, sent or not. */
  private int reminders() {
    return camunda.newElementInstanceSearchRequest().filter(element -> element.elementId("MailReminder"))
        .execute().items().size();
  }

  private void wanted(Lead lead) {
    camunda.newPublishMessageCommand().messageName("meeting-wanted").correlationKey(lead.id())
        .messageId("test:" + lead.id()).timeToLive(Duration.ofMinutes(5))
        .variables(Map.of("leadId", lead.id(), "score", Map.of("points", 70, "tier", lead.tier().name()))).execute();
  }

  private Lead lead(Lead.Tier tier) {
    String id = UUID.randomUUID().toString();
    String email = id + "@nordkap.example";
    dossiers.save(new Dossier(id, List.of(), List.of(), Answer.Source.RULES, Instant.now()));
    return leads.save(new Lead(
        id, null, email, email, "Anna Berg", "Nordkap Logistik GmbH", null, "Head of Operations", "Website form", "",
        Lead.Start.STARTED, Lead.Stage.CONTACTING, 70, tier, "outreach", Instant.now(), null));
  }

  private Meeting meeting(Lead lead, State state) {
    return await().atMost(PATIENCE).until(
        () -> meetings.findByLeadIdOrderByProposedAt(lead.id()).stream().filter(one -> one.state() == state).toList(),
        found -> !found.isEmpty()).getLast();
  }

  private long held(Meeting meeting) {
    return diaries.of(hosts.get(meeting.host())).entries().stream().filter(entry -> entry.meeting().equals(meeting.id())).count();
  }

  /** What of this meeting is in the host's calendar. */
  private List<Span> busy(Meeting meeting) {
    var entry = mongo.findById(meeting.uid(), Document.class, "calendar_events");
    return entry == null
        ? List.of()
        : List.of(new Span(entry.getDate("start").toInstant(), entry.getDate("end").toInstant()));
  }

  private static String reply(Meeting meeting, Lead lead, String status) {
    return """
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        BEGIN:VEVENT
        DTSTART:20261201T090000Z
        DTEND:20261201T093000Z
        DTSTAMP:20261130T090000Z
        UID:%s
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=%s;CN=Anna:mailto:%s
        SEQUENCE:%d
        END:VEVENT
        END:VCALENDAR
        """.formatted(meeting.uid(), status, lead.email(), meeting.sequence()).replace("\n", "\r\n");
  }

  private MimeMessage mail(Lead lead, int number) {
    return await().atMost(PATIENCE).until(() -> sent.to(lead), mails -> mails.size() >= number).get(number - 1);
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  /** What happens while all mail is stopped. */
  private void overAWeekend(Meanwhile meanwhile) throws Exception {
    panic.stop("Robin", "a weekend");
    try {
      meanwhile.happens();
    } finally {
      panic.resume("Robin", "Monday");
    }
  }

  private static String calendarPart(Part part) throws Exception {
    if (part.isMimeType("text/calendar"))
      return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n ", "");
    var found = new StringBuilder();
    if (part.getContent() instanceof Multipart parts)
      for (int i = 0; i < parts.getCount(); i++) found.append(calendarPart(parts.getBodyPart(i)));
    return found.toString();
  }
}
