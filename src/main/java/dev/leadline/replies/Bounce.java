package dev.leadline.replies;

import dev.leadline.replies.MachineMail.Failure;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One mail of ours that did not arrive.
 *
 * @param id of the mail that says so
 * @param status code of RFC 3463
 */
@Document("bounces")
record Bounce(
    @Id String id, String touchId, @Indexed String leadId, String address, Failure failure, String status,
    @Indexed Instant at) {}
