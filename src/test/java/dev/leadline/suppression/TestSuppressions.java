package dev.leadline.suppression;

import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import io.camunda.client.CamundaClient;
import java.time.Clock;

/** Suppressing without an application around it. */
public final class TestSuppressions {

  private TestSuppressions() {}

  public static Suppress in(
      Suppressions suppressions, CamundaClient camunda, Leads leads, Timeline timeline, Clock clock) {
    return new Suppress(suppressions, new StopJourneys(camunda, suppressions, leads, timeline), clock);
  }
}
