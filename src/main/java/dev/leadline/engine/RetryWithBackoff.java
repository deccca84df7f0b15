package dev.leadline.engine;

import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.CommandWrapper;
import io.camunda.client.jobhandling.DefaultJobExceptionHandlingStrategy;
import io.camunda.client.jobhandling.JobExceptionHandlingStrategy;
import io.camunda.client.metrics.MetricsRecorder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a job that fails: it is tried again after a wait until no retry is left, then it is an incident.
 * Errors of the diagram (BPMN errors) go their drawn way.
 *
 * <p>The starter would put the whole stack trace, with every text that a cause quotes, into the incident.
 */
class RetryWithBackoff implements JobExceptionHandlingStrategy {

  private static final Logger log = LoggerFactory.getLogger(RetryWithBackoff.class);
  private static final int DEFAULT_RETRIES = 3;

  private final RetrySettings settings;
  private final CommandExceptionHandlingStrategy commands;
  private final MetricsRecorder metrics;
  private final JobExceptionHandlingStrategy byDefault;

  RetryWithBackoff(RetrySettings settings, CommandExceptionHandlingStrategy commands, MetricsRecorder metrics) {
    this.settings = settings;
    this.commands = commands;
    this.metrics = metrics;
    this.byDefault = new DefaultJobExceptionHandlingStrategy(commands, metrics);
  }

  @Override
  public void handleException(Exception failure, ExceptionHandlingContext context) throws Exception {
    if (failure instanceof BpmnError) {
      byDefault.handleException(failure, context);
      return;
    }
    var job = context.job();
    int left = Math.max(0, job.getRetries() - 1);
    Duration wait = settings.before(DEFAULT_RETRIES - left);
    Object variables = null;
    if (failure instanceof JobError asked) {
      if (asked.getRetries() != null) left = asked.getRetries();
      if (asked.getRetryBackoff() != null) wait = asked.getRetryBackoff();
      variables = asked.getVariables();
    }
    String reason = new Reason(failure).inWords();
    log.warn("{} job {} failed, {} retries left: {}", job.getType(), job.getKey(), left, reason);

    var command = context.jobClient().newFailCommand(job).retries(left).retryBackoff(wait).errorMessage(reason);
    if (variables != null) command = command.variables(variables);
    new CommandWrapper(command, job, commands, metrics, context.jobWorkerValue().getMaxRetries())
        .executeAsyncWithMetrics(MetricsRecorder.METRIC_NAME_JOB, MetricsRecorder.ACTION_FAILED, job.getType());
  }
}
