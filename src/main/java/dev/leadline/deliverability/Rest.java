package dev.leadline.deliverability;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * That a mailbox had to rest because a limit was broken.
 *
 * @param id mailbox/when it was let go on last: of two mails that break the limit at once, one makes it rest
 * @param because which, in words
 * @param told whether the engine has heard of it, so that a person is asked
 * @param endedAt when somebody let it go on, from where bounces and complaints count anew; null while it rests
 */
@Document("mailbox_rests")
record Rest(
    @Id String id, @Indexed String mailbox, String because, Instant at, @Indexed boolean told, Instant endedAt,
    String endedBy) {

  static Rest of(String mailbox, Instant wentOn, String because, Instant now) {
    return new Rest(mailbox + "/" + wentOn.toEpochMilli(), mailbox, because, now, false, null, null);
  }
}
