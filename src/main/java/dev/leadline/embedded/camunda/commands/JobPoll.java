package dev.leadline.embedded.camunda.commands;

import dev.leadline.embedded.camunda.engine.Answer;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One worker's request for jobs, over either protocol: answered with the first jobs there are, or empty when its time
 * is over. A request whose worker has gone gives its jobs back at once.
 */
public final class JobPoll {
  private static final long DEFAULT_WAIT = 10_000;
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  /** An activated job with its key. */
  public record Job(long key, JobRecord record) {}

  private final Broker broker;
  private final JobCommands.Request request;
  private final Consumer<List<Job>> deliver;
  private final Consumer<Throwable> fail;
  private final Runnable wake = this::wake;
  private ScheduledFuture<?> end;
  private boolean asking;
  private boolean news;
  private boolean over;

  /** A poll to be started; exactly one of the two is called, unless the worker goes away first. */
  public JobPoll(
      Broker broker, JobCommands.Request request, Consumer<List<Job>> deliver, Consumer<Throwable> fail) {
    this.broker = broker;
    this.request = request;
    this.deliver = deliver;
    this.fail = fail;
  }

  /** Asks; {@code wait} in milliseconds, 0 the default of 10 s, below 0 no waiting at all. */
  public void start(long wait) {
    synchronized (this) {
      if (over) {
        return;
      }
      if (wait >= 0) {
        broker.jobStreams().watch(request.type(), wake);
        end = TIMER.schedule(this::timeout, wait == 0 ? DEFAULT_WAIT : wait, TimeUnit.MILLISECONDS);
      }
    }
    ask(wait < 0);
  }

  /** The worker has gone: nothing is delivered any more, and what comes late is given back. */
  public synchronized void abandon() {
    finish();
  }

  private void ask(boolean once) {
    synchronized (this) {
      if (over || asking) {
        return;
      }
      asking = true;
      news = false;
    }
    broker
        .send(JobCommands.activate(request))
        .whenCompleteAsync((answer, failure) -> answered(answer, failure, once), Thread::startVirtualThread);
  }

  private void answered(Answer answer, Throwable failure, boolean once) {
    List<Job> jobs = answer == null ? List.of() : jobs(answer);
    boolean again;
    boolean late;
    synchronized (this) {
      asking = false;
      late = over;
      again = !late && failure == null && jobs.isEmpty() && news && !once;
      if (!again && (failure != null || !jobs.isEmpty() || once)) {
        finish();
      }
    }
    if (late) {
      jobs.forEach(job -> broker.tell(JobCommands.yield(job.key())));
    } else if (again) {
      ask(false);
    } else if (failure != null) {
      fail.accept(failure);
    } else if (!jobs.isEmpty() || once) {
      deliver.accept(jobs);
    }
  }

  private void wake() {
    synchronized (this) {
      news = true;
    }
    Thread.startVirtualThread(() -> ask(false));
  }

  private void timeout() {
    synchronized (this) {
      if (over) {
        return;
      }
      finish();
    }
    Thread.startVirtualThread(() -> deliver.accept(List.of()));
  }

  private void finish() {
    over = true;
    broker.jobStreams().unwatch(request.type(), wake);
    if (end != null) {
      end.cancel(false);
    }
  }

  private static List<Job> jobs(Answer answer) {
    JobBatchRecord batch = answer.read(new JobBatchRecord());
    List<Job> jobs = new ArrayList<>();
    Iterator<JobRecord> records = batch.jobs().iterator();
    batch.jobKeys().forEach(key -> {
      JobRecord record = new JobRecord();
      record.wrap(records.next());
      jobs.add(new Job(key.getValue(), record));
    });
    return jobs;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("engine-poll").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
