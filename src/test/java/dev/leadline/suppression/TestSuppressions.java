package dev.leadline.suppression;

import dev.leadline.engine.Messages;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import io.camunda.client.CamundaClient;
import java.time.Clock;
import org.springframework.data.mongodb.core.MongoOperations;

/** Suppressing without an application around it. */
public final class TestSuppressions {

  private TestSuppressions() {}

  public static Suppress in(
      Suppressions suppressions, MongoOperations mongo, CamundaClient camunda, Leads leads, Timeline timeline,
      Clock clock) {
    return new Suppress(suppressions, mongo, new StopJourneys(new Messages(camunda), suppressions, leads, timeline), leads, timeline,
        clock);
  }

  public static Suppressed asked(Suppressions suppressions) {
    return new Suppressed(suppressions);
  }
}
