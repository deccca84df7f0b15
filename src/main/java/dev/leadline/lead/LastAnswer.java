package dev.leadline.lead;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The last time a lead, and no machine of theirs, wrote to us: whatever a campaign drafted before does not go out any
 * more.
 *
 * @param messageId id of what they wrote
 */
@Document("answers")
public record LastAnswer(@Id String leadId, String messageId, Instant at) {}
