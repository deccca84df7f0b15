package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.scheduler.clock.ControlledActorClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that the engine lives in; a test may move it forward. */
public final class EngineClock implements InstantSource {
  private final ControlledActorClock actors = new ControlledActorClock();
  private volatile long offset;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    return System.currentTimeMillis() + offset;
  }

  public synchronized void add(Duration duration) {
    offset += duration.toMillis();
    actors.addTime(duration);
  }

  public synchronized void reset() {
    offset = 0;
    actors.reset();
  }

  ControlledActorClock actors() {
    return actors;
  }
}
