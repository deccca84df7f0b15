package dev.leadline.timeline;

import java.time.Clock;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

/** A timeline without an application around it. */
public final class TestTimeline {

  private TestTimeline() {}

  public static Timeline in(RepositoryFactorySupport repositories, Clock clock) {
    return new Timeline(repositories.getRepository(TimelineEntries.class), clock);
  }
}
