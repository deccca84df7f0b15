package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.scheduler.clock.ControlledActorClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that the engine lives in; a test may move it forward or make it stand still. */
public final class EngineClock implements InstantSource {
  private final ControlledActorClock actors = new ControlledActorClock();
  private volatile long offset;
  private volatile Instant pinned;

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public long millis() {
    Instant still = pinned;
    return still == null ? System.currentTimeMillis() + offset : still.toEpochMilli();
  }

  public synchronized void add(Duration duration) {
    if (pinned == null) {
      offset += duration.toMillis();
    } else {
      pinned = pinned.plus(duration);
    }
    actors.addTime(duration);
  }

  /** Stands still at the time until it is reset or moved on. */
  public synchronized void pin(Instant time) {
    pinned = time;
    actors.setCurrentTime(time);
  }

  public synchronized void reset() {
    offset = 0;
    pinned = null;
    actors.reset();
  }

  ControlledActorClock actors() {
    return actors;
  }
}
