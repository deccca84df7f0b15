package dev.leadline.engine;

import dev.leadline.trace.LeadTraces;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.customizer.JobWorkerValueCustomizer;
import io.camunda.client.api.JsonMapper;
import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.bean.ParameterInfo;
import io.camunda.client.jobhandling.CamundaClientExecutorService;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.JobExceptionHandlingStrategy;
import io.camunda.client.jobhandling.parameter.DefaultParameterResolverStrategy;
import io.camunda.client.jobhandling.parameter.ParameterResolver;
import io.camunda.client.jobhandling.parameter.ParameterResolverStrategy;
import io.camunda.client.metrics.MetricsRecorder;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  /** Enough for all workers at once; a virtual thread that waits costs next to nothing. */
  private static final int JOB_THREADS = 256;

  /** Jobs wait for models and remote systems, so they run on virtual threads. */
  @Bean
  CamundaClientExecutorService jobThreads() {
    var threads = Executors.newScheduledThreadPool(JOB_THREADS, Thread.ofVirtual().name("job-", 0).factory());
    return new CamundaClientExecutorService(threads, true);
  }

  @Bean
  CommandExceptionHandlingStrategy retryCommands(BackoffSupplier backoff, CamundaClientExecutorService jobThreads) {
    return new RetryCommands(backoff, jobThreads.get());
  }

  @Bean
  JobExceptionHandlingStrategy retryWithBackoff(
      RetrySettings settings, CommandExceptionHandlingStrategy commands, MetricsRecorder metrics) {
    return new RetryWithBackoff(settings, commands, metrics);
  }

  @Bean
  JobWorkerValueCustomizer tracedWorkers(LeadTraces traces, ObjectProvider<CamundaClient> camunda) {
    return worker -> {
      // The starter asks again with every client that it opens.
      if (worker.getMethodInfo() instanceof TracedWorker) return;
      worker.setMethodInfo(new TracedWorker(worker.getMethodInfo(), traces, camunda));
    };
  }

  /** Notes whose job it is when its first parameter is read: the starter has no other place before a worker is called. */
  @Bean
  ParameterResolverStrategy currentJob(JsonMapper json, CamundaClient camunda) {
    return new DefaultParameterResolverStrategy(json, camunda) {
      @Override
      public ParameterResolver createResolver(ParameterInfo parameter) {
        ParameterResolver byDefault = super.createResolver(parameter);
        return (client, job) -> {
          CurrentJob.is(job);
          return byDefault.resolve(client, job);
        };
      }
    };
  }
}
