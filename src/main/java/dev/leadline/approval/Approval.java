package dev.leadline.approval;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody's yes to one e-mail, and to no other.
 *
 * @param id hash of the {@link Content}
 * @param by a person's name, or "review-policy: " and the table row that said so
 * @param actor PERSON or TABLE
 */
@Document("approvals")
public record Approval(
    @Id String id,
    @Indexed String leadId,
    @Indexed String draftId,
    int number,
    String policyVersion,
    String by,
    Actor actor,
    Instant at) {}
