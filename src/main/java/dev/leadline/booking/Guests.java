package dev.leadline.booking;

import dev.leadline.lead.Lead;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** When leads can be asked to meet. */
@Component
class Guests {

  private final BookingSettings settings;
  private final WorkingHours hours;

  Guests(BookingSettings settings) {
    this.settings = settings;
    this.hours = WorkingHours.of(settings.guestHours());
  }

  Guest of(Lead lead) {
    return new Guest(settings.zone(), hours, null);
  }

  /** Of a meeting that was proposed. */
  Guest of(Meeting meeting, Lead lead) {
    return new Guest(ZoneId.of(meeting.zone()), hours, of(lead).region());
  }
}
