package dev.leadline.engine;

import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.CommandWrapper;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of a job is told to the engine again when it could not take it, until the job's time is over: otherwise
 * the job would wait for its time-out, and its step, with its questions to a model, would be done once more.
 *
 * <p>The starter's own strategy (8.8.14) never repeats anything and says nothing: its conditions exclude each other
 * (mended upstream by camunda/camunda#49396).
 */
class RetryCommands implements CommandExceptionHandlingStrategy {

  private static final Logger log = LoggerFactory.getLogger(RetryCommands.class);
  private static final Set<Status.Code> PASSING = Set.of(
      Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED, Status.Code.ABORTED,
      Status.Code.UNAVAILABLE, Status.Code.DATA_LOSS);
  private static final Set<Integer> PASSING_BY_HTTP = Set.of(429, 502, 503, 504);

  private final BackoffSupplier backoff;
  private final ScheduledExecutorService threads;

  RetryCommands(BackoffSupplier backoff, ScheduledExecutorService threads) {
    this.backoff = backoff;
    this.threads = threads;
  }

  @Override
  public void handleCommandError(CommandWrapper command, Throwable failed) {
    Throwable failure = failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    String reason = new Reason(failure).inWords();
    if (isGone(failure) || isClosed(failure)) {
      log.debug("Nobody is told any more what became of a job: {}", reason);
    } else if (passes(failure) && command.hasMoreRetries()) {
      log.warn("The engine could not be told what became of a job, it is told again: {}", reason);
      command.increaseBackoffUsing(backoff);
      command.scheduleExecutionUsing(threads);
    } else {
      log.error("The engine does not know what became of a job, which comes again after its time-out: {}", reason);
    }
  }

  private static boolean isGone(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException byGrpc -> byGrpc.getStatus().getCode() == Status.Code.NOT_FOUND;
      case ClientHttpException byHttp -> byHttp.code() == 404;
      default -> false;
    };
  }

  /** Whether this application is ending: the engine gives its jobs to the next. */
  private static boolean isClosed(Throwable failure) {
    return failure instanceof StatusRuntimeException byGrpc
        && byGrpc.getStatus().getCode() == Status.Code.UNAVAILABLE
        && String.valueOf(byGrpc.getStatus().getDescription()).startsWith("Channel shutdown");
  }

  /** Whether it may go well later; a connection that breaks has no answer of the engine. */
  private static boolean passes(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException byGrpc -> PASSING.contains(byGrpc.getStatus().getCode());
      case ClientHttpException byHttp -> PASSING_BY_HTTP.contains(byHttp.code());
      default -> true;
    };
  }
}
