package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** "Tuesday 10:00 works", in the ways people say it, against three times that are held. */
class TimeWordsTest {

  /** Tuesday 1 December 10:00, Wednesday 2 December 14:30, Thursday 3 December 10:00, all in Berlin. */
  private final Meeting meeting = new Meeting(
      "m1", 1L, "lead-1", "alex", Meeting.State.PROPOSED, "Europe/Berlin", 30,
      List.of(
          Instant.parse("2026-12-01T09:00:00Z"), Instant.parse("2026-12-02T13:30:00Z"),
          Instant.parse("2026-12-03T09:00:00Z")),
      Instant.parse("2026-11-30T09:00:00Z"), null, 0, null, "token", null, null, Instant.EPOCH, Instant.EPOCH);
  private final MeetingReplies replies = new MeetingReplies(null, null, null, new TimeWords());

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Tuesday 10:00 works. | 1",
    "Tuesday works for me! | 1",
    "Let's do Wed at 2.30pm | 2",
    "Wednesday 14:30 please, looking forward | 2",
    "How about 3 December? | 3",
    "December 3rd at 10 am is perfect | 3",
    "The second one suits me best. | 2",
    "Option 3 | 3",
    "In the afternoon, please. | 2",
    "Dienstag um 10 Uhr passt gut. | 1",
    "Mittwoch 14.30 Uhr wäre gut | 2",
    "Der dritte Termin passt. | 3",
    "Jeudi à 10h me convient. | 3",
    "Mercredi après-midi, c'est parfait | 2",
    "El jueves a las 10 está bien | 3",
    "Donderdag 10:00 is prima | 3",
    "2 december is fine | 2",
  })
  void oneTimeIsMeant(String text, int which) {
    assertThat(replies.choice(meeting, text)).contains(meeting.proposed().get(which - 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "10:00 works", // two days have it
    "Tuesday doesn't work, sorry",
    "I can't make any of these",
    "Unfortunately I am travelling on Tuesday",
    "Tuesday or Thursday, both fine",
    "Friday 10:00 would be better",
    "Tuesday 11:00 works",
    "Dienstag passt mir leider nicht",
    "Mardi ne me convient pas",
    "Thanks, what does it cost?",
    "Call me on +49 30 1234567",
    "",
  })
  void whatIsNotOneOfThemIsForSomebodyElseToRead(String text) {
    assertThat(replies.choice(meeting, text)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Interested, next Tuesday? | 2026-12-08T10:00:00Z | 1",
    "Interested, next Tuesday? | 2026-12-09T10:00:00Z | 0",
    "Tuesday morning | 2026-12-08T10:00:00Z | 2",
    "Tell me more | 2026-12-08T10:00:00Z | 0",
  })
  void wishesAreSeen(String text, Instant time, int fit) {
    assertThat(new TimeWords().in(text).fit(time.atZone(java.time.ZoneOffset.UTC))).isEqualTo(fit);
  }
}
