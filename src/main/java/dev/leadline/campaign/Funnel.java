package dev.leadline.campaign;

import dev.leadline.agent.Cost;
import dev.leadline.lead.Lead;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** How far leads have come, counted from what really happened. */
@Schema(name = "Funnel")
record Funnel(
    long leads,
    @Schema(description = "Leads by stage") Map<Lead.Stage, Long> stages,
    @Schema(description = "To whom at least one mail went out") long contacted,
    @Schema(description = "What models cost for them") Cost thinking) {}
