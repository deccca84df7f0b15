package dev.leadline.journey;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What Leadline itself deployed last.
 *
 * @param id always the same: there is one
 * @param checksum of all files together
 */
@Document("deployments")
record Deployment(@Id String id, String checksum, int files, Instant at) {

  static final String LAST = "last";
}
