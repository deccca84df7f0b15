package dev.leadline;

import io.camunda.client.annotation.customizer.JobWorkerValueCustomizer;
import io.camunda.client.annotation.value.JobWorkerValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens every worker once for each test method. The starter (8.8.14) finds all workers anew with every client and keeps
 * those that it has, so that the hundredth method would open each a hundred times.
 */
final class WorkersOnce implements JobWorkerValueCustomizer {

  private final Map<String, JobWorkerValue> first = new ConcurrentHashMap<>();

  @Override
  public void customize(JobWorkerValue worker) {
    JobWorkerValue known = first.putIfAbsent(worker.getType(), worker);
    if (known != null && known != worker) worker.setEnabled(false);
  }
}
