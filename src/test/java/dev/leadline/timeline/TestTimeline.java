package dev.leadline.timeline;

import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

/** A timeline without an application around it. */
public final class TestTimeline {

  private TestTimeline() {}

  public static Timeline in(RepositoryFactorySupport repositories, Clock clock) {
    return in(repositories, event -> {}, clock);
  }

  /** One that tells what happens. */
  public static Timeline in(RepositoryFactorySupport repositories, ApplicationEventPublisher told, Clock clock) {
    return new Timeline(repositories.getRepository(TimelineEntries.class), told, clock);
  }
}
