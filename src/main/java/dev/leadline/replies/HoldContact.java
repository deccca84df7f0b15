package dev.leadline.replies;

import dev.leadline.sending.Holds;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import org.springframework.stereotype.Component;

/** Acts: nothing goes to a lead before the day they named, or for as long as the table says when they named none. */
@Component
public class HoldContact {

  /** A day begins when people work; the table send-policy knows their hours. */
  private static final LocalTime MORNING = LocalTime.of(6, 0);
  private static final Period LONGEST = Period.ofYears(2);

  private final IncomingMails mails;
  private final Holds holds;
  private final Clock clock;

  HoldContact(IncomingMails mails, Holds holds, Clock clock) {
    this.mails = mails;
    this.holds = holds;
    this.clock = clock;
  }

  @JobWorker(type = "hold-contact")
  public Result hold(@VariablesAsType Input input) {
    // From when they wrote, so that a repeated job holds until the same day.
    LocalDate written = LocalDate.ofInstant(mails.get(input.messageId()).receivedAt(), ZoneOffset.UTC);
    LocalDate named = input.until() != null && input.until().isAfter(written) ? input.until() : null;
    LocalDate day = named != null ? named : written.plus(Period.parse(input.days()));
    if (day.isAfter(written.plus(LONGEST))) day = written.plus(LONGEST);
    Instant until = day.atTime(MORNING).toInstant(ZoneOffset.UTC);
    if (until.isAfter(clock.instant())) {
      holds.hold(
          input.leadId(), until, named != null ? "they named this day" : "they named no day", "hold-contact");
    }
    return new Result(new Held(until));
  }

  /** @param days ISO 8601, used when no day is named */
  record Input(String leadId, String messageId, LocalDate until, String days) {}

  record Result(Held held) {}

  record Held(Instant until) {}
}
