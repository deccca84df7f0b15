package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Page;

/** A campaign as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Campaign")
record CampaignView(
    String id,
    @Schema(description = "always \"sales\": agents that are steps have a name instead of an id") String kind,
    long version,
    @JsonUnwrapped Definition definition,
    String by,
    Instant createdAt,
    Instant changedAt) {

  /** One page of campaigns, the newest first. */
  @Schema(name = "CampaignPage")
  record Window(List<CampaignView> items, int page, int size, long total) {
    static Window of(Page<Campaign> found) {
      return new Window(
          found.map(CampaignView::of).toList(), found.getNumber(), found.getSize(), found.getTotalElements());
    }
  }

  static CampaignView of(Campaign campaign) {
    return new CampaignView(
        campaign.id(), "sales", campaign.version(), campaign.definition(), campaign.by(), campaign.createdAt(),
        campaign.changedAt());
  }
}
