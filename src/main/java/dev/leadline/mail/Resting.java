package dev.leadline.mail;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A mailbox that sends nothing until somebody lets it go on.
 *
 * @param id the mailbox
 * @param because in words
 */
@Document("resting_mailboxes")
public record Resting(@Id String id, String because, String by, Instant at) {}
