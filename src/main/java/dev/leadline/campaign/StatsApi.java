package dev.leadline.campaign;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Campaigns")
class StatsApi {

  private final Funnels funnels;

  StatsApi(Funnels funnels) {
    this.funnels = funnels;
  }

  @GetMapping(path = "/api/v1/stats/overview", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "How far all leads have come", description = "Counted from what really happened. A rate is "
      + "missing its value when there is not enough data, and always has its 95 % confidence interval.")
  Funnel overview() {
    return funnels.ofAll();
  }
}
