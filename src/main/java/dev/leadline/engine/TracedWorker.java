package dev.leadline.engine;

import dev.leadline.trace.LeadSpan;
import dev.leadline.trace.LeadTraces;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.JobKind;
import io.camunda.client.api.search.enums.ListenerEventType;
import io.camunda.client.bean.BeanInfo;
import io.camunda.client.bean.MethodInfo;
import io.camunda.client.bean.ParameterInfo;
import io.camunda.client.exception.BpmnError;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;

/** A worker's method, whose every run is told in the trace of the job's lead. */
record TracedWorker(MethodInfo worker, LeadTraces traces, ObjectProvider<CamundaClient> camunda) implements MethodInfo {

  @Override
  public Object invoke(Object... arguments) throws Exception {
    try (LeadSpan span = begin()) {
      try {
        return worker.invoke(arguments);
      } catch (BpmnError drawn) {
        span.with("leadline.bpmn_error", drawn.getErrorCode());
        throw drawn;
      } catch (Exception e) {
        span.failed(e.getClass().getSimpleName());
        throw e;
      }
    } finally {
      CurrentJob.isOver();
    }
  }

  private LeadSpan begin() {
    ActivatedJob job = traces.on() ? CurrentJob.get().orElse(null) : null;
    if (job == null || !(job.getVariablesAsMap().get("leadId") instanceof String leadId)) return LeadSpan.NONE;
    if (isAPersonsAnswer(job)) tellHowLongItTook(job, leadId, Instant.now());
    return traces.begin(leadId, job.getType())
        .with("camunda.process.id", job.getBpmnProcessId())
        .with("camunda.process_instance.key", job.getProcessInstanceKey())
        .with("camunda.element.id", job.getElementId())
        .with("camunda.job.key", job.getKey())
        .with("camunda.job.retries", job.getRetries());
  }

  private static boolean isAPersonsAnswer(ActivatedJob job) {
    return job.getKind() == JobKind.TASK_LISTENER
        && job.getListenerEventType() == ListenerEventType.COMPLETING
        && job.getUserTask() != null;
  }

  /** From the task's creation to this answer; only the engine knows when it was created, and nobody waits for that. */
  private void tellHowLongItTook(ActivatedJob job, String leadId, Instant answered) {
    camunda.getObject().newUserTaskGetRequest(job.getUserTask().getUserTaskKey()).send().thenAccept(task -> {
      Instant created = task.getCreationDate().toInstant();
      traces.tell(
          leadId, "wait-for-person", Map.of("camunda.element.id", job.getElementId()),
          created.isBefore(answered) ? created : answered, answered);
    });
  }

  @Override
  public BeanInfo getBeanInfo() {
    return worker.getBeanInfo();
  }

  @Override
  public Method getMethod() {
    return worker.getMethod();
  }

  @Override
  public List<ParameterInfo> getParameters() {
    return worker.getParameters();
  }

  @Override
  public <T extends Annotation> Optional<T> getAnnotation(Class<T> type) {
    return worker.getAnnotation(type);
  }

  @Override
  public List<ParameterInfo> getParametersFilteredByAnnotation(Class<? extends Annotation> type) {
    return worker.getParametersFilteredByAnnotation(type);
  }
}
