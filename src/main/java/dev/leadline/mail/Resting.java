package dev.leadline.mail;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Whether a mailbox sends, as somebody or a limit last said.
 *
 * @param id the mailbox
 * @param resting it sends nothing until somebody lets it go on
 * @param because in words; null when it goes on
 */
@Document("resting_mailboxes")
public record Resting(@Id String id, boolean resting, String because, String by, Instant at) {}
