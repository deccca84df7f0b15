package dev.leadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.calendar.Ics.Answer;
import dev.leadline.calendar.Ics.Person;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we write is read by another library as calendar programs read it, and the other way round. */
class IcsTest {

  private static final Instant NOW = Instant.parse("2027-03-01T09:00:00Z");
  private static final Person ALEX = new Person("Alex Morgan", "alex@harbor.example");
  private static final Person ANNA = new Person("Änna “Berg”; Müller", "anna@acme.example");
  private static final Event EVENT = new Event(
      "lead-1-42@leadline", 0, Span.of(Instant.parse("2027-03-28T08:00:00Z"), Duration.ofMinutes(30)),
      "Anna Berg and Alex Morgan, Harbor", "First line\nSecond, with: signs; and a long tail. ".repeat(4).strip(), "https://meet.harbor.example/alex");

  @Test
  void anInvitationIsReadByAnotherProgram() throws Exception {
    var read = read(Ics.request(EVENT, ALEX, ANNA, NOW));
    read.validate(true);
    assertThat(read.getMethod()).isEqualTo(ImmutableMethod.REQUEST);
    VEvent event = read.<VEvent>getComponent(Component.VEVENT).orElseThrow();
    event.validate(ImmutableMethod.REQUEST);
    assertThat(event.getUid().orElseThrow().getValue()).isEqualTo(EVENT.uid());
    assertThat(event.getSequence().getSequenceNo()).isZero();
    assertThat(Instant.from(event.getDateTimeStart().getDate())).isEqualTo(EVENT.time().start());
    assertThat(Instant.from(event.getDateTimeEnd().getDate())).isEqualTo(EVENT.time().end());
    assertThat(event.getDescription().getValue()).isEqualTo(EVENT.notes());
    assertThat(event.getOrganizer().getValue()).isEqualTo("mailto:alex@harbor.example");
    assertThat(event.getAttendees()).extracting(attendee -> attendee.getValue())
        .containsExactlyInAnyOrder("mailto:alex@harbor.example", "mailto:anna@acme.example");
  }

  @Test
  void aCancellationNamesTheSameMeetingWithAHigherSequence() throws Exception {
    var moved = new Event(EVENT.uid(), 3, EVENT.time(), EVENT.title(), "", "");
    var read = read(Ics.cancel(moved, ALEX, ANNA, NOW));
    read.validate(true);
    VEvent event = read.<VEvent>getComponent(Component.VEVENT).orElseThrow();
    event.validate(ImmutableMethod.CANCEL);
    assertThat(read.getMethod()).isEqualTo(ImmutableMethod.CANCEL);
    assertThat(event.getSequence().getSequenceNo()).isEqualTo(3);
    assertThat(event.getStatus().getValue()).isEqualTo("CANCELLED");
  }

  @Test
  void linesAreAsLongAsTheyMayBe() {
    assertThat(Ics.request(EVENT, ALEX, ANNA, NOW).split("\r\n")).allMatch(line -> line.length() <= 75);
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED", "TENTATIVE", "DECLINED"})
  void aReplyIsUnderstood(Answer answer) {
    // As Outlook and Google write them.
    var reply = Ics.reply("""
        BEGIN:VCALENDAR
        METHOD:REPLY
        PRODID:Microsoft Exchange Server 2010
        VERSION:2.0
        BEGIN:VEVENT
        ATTENDEE;PARTSTAT=%s;CN=Anna Berg:mailto:Anna@acme.example
        COMMENT;LANGUAGE=en-GB:Looking forward\\, Anna
        UID:lead-1-42@leadline
        SUMMARY;LANGUAGE=en-GB:Accepted: Anna Berg and Alex Morgan
        DTSTART:20270328T080000Z
        DTEND:20270328T083000Z
        DTSTAMP:20270302T101500Z
        SEQUENCE:2
        END:VEVENT
        END:VCALENDAR
        """.formatted(answer).replace("\n", "\r\n")).orElseThrow();

    assertThat(reply).isEqualTo(new Ics.Reply("lead-1-42@leadline", 2, "Anna@acme.example", answer));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"''", "hello", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\\nMETHOD:REPLY\\nEND:VCALENDAR"})
  void whatIsNoReplyIsNone(String text) {
    assertThat(Ics.reply(text.replace("\\n", "\r\n"))).isEmpty();
    assertThat(Ics.reply(Ics.request(EVENT, ALEX, ANNA, NOW))).as("our own invitation").isEmpty();
  }

  @Test
  void holidaysDependOnTheRegion() {
    var corpusChristi = LocalDate.of(2027, 5, 27);
    assertThat(Holidays.on(corpusChristi, "DE-BY")).isTrue();
    assertThat(Holidays.on(corpusChristi, "DE-BE")).isFalse();
    assertThat(Holidays.on(LocalDate.of(2027, 12, 27), "GB")).as("instead of Saturday").isTrue();
    assertThat(Holidays.on(LocalDate.of(2027, 11, 25), "US")).isTrue();
    assertThat(Holidays.on(LocalDate.of(2027, 12, 25), null)).isFalse();
    assertThat(Holidays.known("XX")).isFalse();
  }

  private static net.fortuna.ical4j.model.Calendar read(String text) throws IOException, ParserException {
    return new CalendarBuilder().build(new StringReader(text));
  }
}
