package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A run as the API and the pages show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Execution")
record ExecutionView(
    String id,
    @Schema(description = "The campaign that runs") String agentId,
    String name,
    Execution.State state,
    @Schema(description = "Why it failed or was cancelled") String because,
    @Schema(description = "Why the search is over; missing while it goes on") String searched,
    @Schema(description = "People found so far, by verdict") Map<Prospect.State, Long> prospects,
    @Schema(description = "Why people were not let in") Map<String, Long> reasons,
    @Schema(description = "Spent on finding them, in the currency of the table enrichment-plan") BigDecimal spent,
    @Schema(description = "How far its leads have come: now, or at the end, once it is over") Funnel figures,
    String by,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {

  /** One page of runs, the newest first. */
  @Schema(name = "ExecutionPage")
  record Window(List<ExecutionView> items, int page, int size, long total) {}

  public boolean over() {
    return state.over();
  }

  public long found() {
    return prospects.values().stream().mapToLong(Long::longValue).sum();
  }
}
