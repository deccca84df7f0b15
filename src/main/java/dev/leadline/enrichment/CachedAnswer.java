package dev.leadline.enrichment;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What a provider once said about a company or a person; nothing is also an answer.
 *
 * @param id provider/company/domain, or provider/person/ and the SHA-256 of the address, which itself is not kept
 * @param expiresAt when the database may forget it
 */
@Document("enrichment_cache")
record CachedAnswer(
    @Id String id, @Indexed String provider, List<Finding> findings, Instant askedAt,
    @Indexed(expireAfter = "0s") Instant expiresAt) {}
