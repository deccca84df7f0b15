package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.engine.processing.streamprocessor.JobStreamer;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.stream.job.ActivatedJob;
import io.camunda.zeebe.protocol.impl.stream.job.JobActivationProperties;
import io.camunda.zeebe.util.buffer.BufferUtil;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/** Who waits for jobs: workers with an open stream get them pushed, pollers are woken by type. */
public final class JobStreams implements JobStreamer {
  private final Map<String, List<Stream>> streams = new ConcurrentHashMap<>();
  private final Map<String, List<Runnable>> pollers = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile Outgoing outgoing;

  /** A worker's open stream; {@link #ready} says whether it can take one more job at once. */
  public interface Stream {
    JobActivationProperties properties();

    boolean ready();

    /** Makes a message of the job; running it sends it. */
    Runnable prepare(long key, JobRecord job);
  }

  void through(Outgoing outgoing) {
    this.outgoing = outgoing;
  }

  public void open(String type, Stream stream) {
    streams.computeIfAbsent(type, any -> new CopyOnWriteArrayList<>()).add(stream);
  }

  public void close(String type, Stream stream) {
    streams.getOrDefault(type, new CopyOnWriteArrayList<>()).remove(stream);
  }

  /** Calls the action whenever jobs of the type may be there, until it is removed. */
  public void watch(String type, Runnable action) {
    pollers.computeIfAbsent(type, any -> new CopyOnWriteArrayList<>()).add(action);
  }

  public void unwatch(String type, Runnable action) {
    pollers.getOrDefault(type, new CopyOnWriteArrayList<>()).remove(action);
  }

  @Override
  public void notifyWorkAvailable(String type) {
    pollers.getOrDefault(type, List.of()).forEach(Runnable::run);
  }

  @Override
  public Optional<JobStream> streamFor(DirectBuffer jobType, Predicate<JobActivationProperties> filter) {
    List<Stream> candidates = streams.getOrDefault(BufferUtil.bufferAsString(jobType), List.of());
    int start = candidates.isEmpty() ? 0 : Math.floorMod(turn.getAndIncrement(), candidates.size());
    for (int i = 0; i < candidates.size(); i++) {
      Stream stream = candidates.get((start + i) % candidates.size());
      if (stream.ready() && filter.test(stream.properties())) {
        return Optional.of(new DurablePush(stream));
      }
    }
    return Optional.empty();
  }

  /** A job goes out only when its activation is on disk. */
  private final class DurablePush implements JobStream {
    private final Stream stream;

    DurablePush(Stream stream) {
      this.stream = stream;
    }

    @Override
    public JobActivationProperties properties() {
      return stream.properties();
    }

    @Override
    public void push(ActivatedJob job) {
      outgoing.add(() -> stream.prepare(job.jobKey(), job.jobRecord()));
    }
  }
}
