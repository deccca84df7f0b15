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
    @Schema(description = "Who of them wrote back, machines left out") long answered,
    @Schema(description = "Who of them is interested or asks for a meeting") long positive,
    @Schema(description = "Who of them has or had a meeting that was booked and not cancelled") long meetings,
    @Schema(description = "Whose meeting took place") long held,
    @Schema(description = "Answered among contacted") Rate responseRate,
    @Schema(description = "Positive among contacted") Rate positiveRate,
    @Schema(description = "Meetings among contacted") Rate meetingRate,
    @Schema(description = "What models cost for them") Cost thinking) {

  String inWords() {
    return "%d leads, %d contacted, %d answered, %d positive, %d meetings, %d held".formatted(
        leads, contacted, answered, positive, meetings, held);
  }
}
