package dev.leadline.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leadline.lead.Lead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** Says which lead a submission became, or which one it duplicates; the same request again is answered the same. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeadAnswer(
    String id,
    @Schema(description = "Whether the person was known already") boolean duplicate,
    String name,
    String email,
    String company,
    String website,
    String jobTitle,
    String leadSource,
    String projectDescription,
    Instant registeredAt) {

  static LeadAnswer of(Lead lead, boolean duplicate) {
    return new LeadAnswer(
        lead.id(), duplicate, lead.name(), lead.email(), lead.company(), lead.website(), lead.jobTitle(),
        lead.leadSource(), lead.projectDescription(), lead.registeredAt());
  }
}
