package dev.leadline.sending;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the tables cannot know about the sender.
 *
 * @param sandbox whether mails go to nobody, so that the tables' rows for a sandbox count; the embedded mail server is one;
 *     they do not while a mailbox has a server of its own
 * @param zone where the sender is: of its days, and of recipients of whom nothing is known; the system's without one
 * @param mailboxSince first day a mailbox was used that says none itself, when that was before Leadline; null: the day of its
 *     first mail here
 * @param permit how long a mail may take from its turn to the mail server
 * @param atOnce mails that have their turn and are not out yet
 * @param tryAgain pauses after a mail server did not take a mail for now, one after the other; the last one stays
 * @param tryFor how long that goes on from the first time, and at least through all pauses, before a person is to look
 */
@ConfigurationProperties("leadline.sending")
record SendingSettings(
    @DefaultValue("false") boolean sandbox,
    ZoneId zone,
    LocalDate mailboxSince,
    @DefaultValue("5m") Duration permit,
    @DefaultValue("500") int atOnce,
    @DefaultValue({"1m", "5m", "15m", "1h"}) List<Duration> tryAgain,
    @DefaultValue("24h") Duration tryFor) {

  SendingSettings {
    if (zone == null) zone = ZoneId.systemDefault();
    if (permit.isNegative() || permit.isZero()) {
      throw new IllegalArgumentException("leadline.sending.permit must be longer than nothing");
    }
    if (atOnce < 1) throw new IllegalArgumentException("leadline.sending.at-once must be at least 1");
    if (tryAgain.isEmpty() || tryAgain.stream().anyMatch(pause -> pause.isNegative() || pause.isZero())) {
      throw new IllegalArgumentException("leadline.sending.try-again must be pauses longer than nothing");
    }
  }
}
