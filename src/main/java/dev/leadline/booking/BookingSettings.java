package dev.leadline.booking;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the first host works, who is made of leadline.sender when there is none; and when leads can be asked to meet.
 *
 * @param zone of the first host, of leads of whom nobody knows where they are, and of the page of meetings
 * @param hours of the first host, for example "Mon-Thu 09:00-12:00 13:00-17:00; Fri 09:00-12:00"
 * @param region whose public holidays are off for the first host, for example GB or DE-BY
 * @param guestHours at which leads can be asked to meet, by their own clock
 */
@ConfigurationProperties("leadline.booking")
record BookingSettings(
    @DefaultValue("Europe/London") ZoneId zone,
    @DefaultValue("Mon-Fri 09:00-17:00") String hours,
    @DefaultValue("GB") String region,
    @DefaultValue("Mon-Fri 09:00-17:30") String guestHours) {

  BookingSettings {
    WorkingHours.of(hours);
    WorkingHours.of(guestHours);
  }
}
