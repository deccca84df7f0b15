package dev.leadline.lead;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A lead as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Lead")
record LeadView(
    String id,
    String name,
    String email,
    String company,
    String website,
    String jobTitle,
    String leadSource,
    String projectDescription,
    @Schema(description = "Where the lead stands") Lead.Stage stage,
    @Schema(description = "0 to 100, from the table lead-score; absent before it was asked") Integer score,
    @Schema(description = "Class by score, A is best; absent before it was asked") Lead.Tier tier,
    @Schema(description = "outreach, nurture, person or close; absent before it was decided") String route,
    @Schema(description = "Whether the engine has taken the start of the journey") Lead.Start journey,
    Instant registeredAt,
    Instant changedAt) {

  static LeadView of(Lead lead) {
    return new LeadView(
        lead.id(), lead.name(), lead.email(), lead.company(), lead.website(), lead.jobTitle(), lead.leadSource(),
        lead.projectDescription(), lead.stage(), lead.score(), lead.tier(), lead.route(), lead.journey(),
        lead.registeredAt(), lead.changedAt());
  }
}
