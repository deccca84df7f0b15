package dev.leadline.booking;

import dev.leadline.lead.Lead;
import dev.leadline.sending.Recipients;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** When leads can be asked to meet: by the clock and the holidays of where they are. */
@Component
class Guests {

  private final Recipients recipients;
  private final WorkingHours hours;
  /** Of whom nobody knows where they are. */
  private final ZoneId ours;

  Guests(Recipients recipients, BookingSettings settings) {
    this.recipients = recipients;
    this.hours = WorkingHours.of(settings.guestHours());
    this.ours = settings.zone();
  }

  Guest of(Lead lead) {
    var known = recipients.of(lead);
    return new Guest(known.country() == null ? ours : known.zone(), hours, known.country());
  }

  /** Of a meeting that was proposed: the zone of its mails stays. */
  Guest of(Meeting meeting, Lead lead) {
    return new Guest(ZoneId.of(meeting.zone()), hours, of(lead).region());
  }
}
