package dev.leadline.agent;

import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The workers of agents, found where they are: beans with a job worker whose job type is an agent's step. */
@Component
class Workers {

  private final ApplicationContext beans;
  private final Agents agents;
  private Map<String, Worker> found;

  Workers(ApplicationContext beans, Agents agents) {
    this.beans = beans;
    this.agents = agents;
  }

  /**
   * A bean's method that handles jobs.
   *
   * @param input what it reads; null when it cannot be called without a job
   */
  record Worker(String step, String bean, Method method, Class<?> input) {

    /** @throws ReflectiveOperationException with what the worker threw */
    Object call(Object bean, Object given, long jobKey) throws ReflectiveOperationException {
      Object[] arguments = Arrays.stream(method.getParameters())
          .map(parameter -> parameter.isAnnotationPresent(JobKey.class) ? (Object) jobKey : given)
          .toArray();
      return method.invoke(bean, arguments);
    }

    List<RecordComponent> fields() {
      return input == null ? List.of() : List.of(input.getRecordComponents());
    }
  }

  Optional<Worker> of(String step) {
    return Optional.ofNullable(all().get(step));
  }

  Object bean(Worker worker) {
    return beans.getBean(worker.bean());
  }

  private synchronized Map<String, Worker> all() {
    if (found == null)
      found = Stream.of(beans.getBeanDefinitionNames())
          .flatMap(this::workers)
          .filter(worker -> agents.steps().contains(worker.step()))
          .collect(Collectors.toMap(Worker::step, worker -> worker, (one, other) -> one));
    return found;
  }

  private Stream<Worker> workers(String bean) {
    Class<?> type = beans.getType(bean, false);
    if (type == null) return Stream.empty();
    return Stream.of(ClassUtils.getUserClass(type).getMethods())
        .filter(method -> method.isAnnotationPresent(JobWorker.class))
        .map(method -> new Worker(method.getAnnotation(JobWorker.class).type(), bean, method, input(method)));
  }

  private static Class<?> input(Method method) {
    var read = Arrays.stream(method.getParameters())
        .filter(parameter -> !parameter.isAnnotationPresent(JobKey.class))
        .map(parameter -> parameter.isAnnotationPresent(VariablesAsType.class) && parameter.getType().isRecord()
            ? parameter.getType()
            : null)
        .toList();
    return read.size() == 1 && read.stream().allMatch(Objects::nonNull) ? read.getFirst() : null;
  }
}
