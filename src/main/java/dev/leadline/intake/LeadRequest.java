package dev.leadline.intake;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/** Describes what POST /api/v1/leads reads; the payload itself is stored before it is parsed. */
@Schema(name = "NewLead", description = """
    A person who may buy. Every field may also be spelled in snake_case (job_title, lead_source, \
    project_description, company_name, company_website).""")
record LeadRequest(
    @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 200, example = "Jane Doe") String name,
    @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 254, format = "email", example = "jane@acme.example")
        String email,
    @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 200, example = "Acme") String company,
    @Schema(maxLength = 300, format = "uri", example = "https://acme.example") String website,
    @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 200, example = "Head of operations") String jobTitle,
    @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 100, example = "Website") String leadSource,
    @Schema(maxLength = 5000, example = "We want to stop copying orders by hand.") String projectDescription) {}
