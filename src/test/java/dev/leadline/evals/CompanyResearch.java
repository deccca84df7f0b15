package dev.leadline.evals;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Reading;
import dev.leadline.agent.tools.Readings;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.impl.CamundaObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.FileSystemUtils;

/** The drawing company-research in a real engine, carried out by the real steps. */
final class CompanyResearch implements AutoCloseable {

  /** The longest that a run with a slow model may take. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path directory;
  private final EmbeddedCamunda engine;
  private final CamundaClient client;
  private final Readings readings;
  private final Map<Long, Going> going = new ConcurrentHashMap<>();

  /** A run that is under way; its uses of tools by their element instances, which is their order. */
  private record Going(Map<Long, Use> uses, CompletableFuture<Boolean> gaveUp) {
    private Going() {
      this(new ConcurrentSkipListMap<>(), new CompletableFuture<>());
    }
  }

  /** One use of a tool, as it was started. */
  record Use(String tool, Object arguments) {}

  /** What the process remembers of the agent. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Agent(String source, int modelCalls, long tokens, BigDecimal cost, List<String> notes) {}

  /**
   * How a run went.
   *
   * @param gaveUp the agent saw no tool that fits, and the drawing asks a person
   */
  record Course(List<Use> uses, List<Reading> readings, Agent agent, boolean gaveUp) {}

  /** @param tools what the drawing's tools are done by */
  CompanyResearch(ThinkingSteps steps, Object... doneBy) {
    this.readings = steps.get(Readings.class);
    try {
      this.directory = Files.createTempDirectory("company-research");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, false));
    this.client = CamundaClient.newClientBuilder()
        .restAddress(engine.restAddress()).grpcAddress(engine.grpcAddress()).preferRestOverGrpc(false)
        .withJsonMapper(new CamundaObjectMapper(JSON)).defaultRequestTimeout(Duration.ofMinutes(1))
        .numJobWorkerExecutionThreads(4).build();
    client.newDeployResourceCommand()
        .addResourceFile("bpmn/company-research.bpmn").addResourceFile("bpmn/research-plan.dmn")
        .addResourceFile("bpmn/enrichment-plan.dmn").addResourceFile("forms/research-by-hand.form").execute();
    for (Object step : doneBy)
      for (Method method : step.getClass().getMethods())
        if (method.isAnnotationPresent(JobWorker.class)) opened(step, method);
    // Begins a person's task, which nobody here does.
    client.newWorker().jobType("show-lead").handler((jobs, job) -> of(job).gaveUp().complete(true)).open();
  }

  private void opened(Object step, Method method) {
    client.newWorker().jobType(method.getAnnotation(JobWorker.class).type())
        .handler((jobs, job) -> work(step, method, jobs, job)).timeout(PATIENCE).streamEnabled(true).open();
  }

  /** As the application's workers are called: what a method asks for, it gets. */
  private void work(Object step, Method method, JobClient jobs, ActivatedJob job) throws IllegalAccessException {
    Going run = of(job);
    if (job.getVariablesAsMap().get("toolCall") instanceof Map<?, ?> call) {
      var arguments = new LinkedHashMap<>(call);
      arguments.remove("_meta");
      run.uses().put(job.getElementInstanceKey(), new Use(job.getElementId(), arguments));
    }
    try {
      Object[] arguments = Arrays.stream(method.getParameters()).map(wanted -> argument(wanted, jobs, job)).toArray();
      Object result = method.invoke(step, arguments);
      if (method.getAnnotation(JobWorker.class).autoComplete())
        jobs.newCompleteCommand(job).variables(result).execute();
      if (job.getElementId().equals("KeepFindings")) run.gaveUp().complete(false);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof BpmnError error) jobs.newThrowErrorCommand(job).errorCode(error.getErrorCode()).execute();
      else run.gaveUp().completeExceptionally(e.getCause());
    }
  }

  private static Object argument(Parameter wanted, JobClient jobs, ActivatedJob job) {
    if (wanted.getType() == JobClient.class) return jobs;
    if (wanted.getType() == ActivatedJob.class) return job;
    if (wanted.isAnnotationPresent(JobKey.class)) return job.getKey();
    if (wanted.isAnnotationPresent(ProcessInstanceKey.class)) return job.getProcessInstanceKey();
    if (wanted.isAnnotationPresent(ElementInstanceKey.class)) return job.getElementInstanceKey();
    return job.getVariablesAsType(wanted.getType());
  }

  /** @param variables those that lead-journey has when it calls the process */
  Course run(Map<String, Object> variables) {
    long key = client.newCreateInstanceCommand().bpmnProcessId("company-research").latestVersion()
        .variables(variables).execute().getProcessInstanceKey();
    Going run = of(key);
    try {
      boolean gaveUp = run.gaveUp().get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
      if (gaveUp) client.newCancelInstanceCommand(key).execute();
      return new Course(List.copyOf(run.uses().values()), readings.of(key, (String) variables.get("leadId")), agent(key), gaveUp);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("A run of company-research did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      going.remove(key);
    }
  }

  private Agent agent(long run) {
    var found = client.newVariableSearchRequest()
        .filter(variable -> variable.processInstanceKey(run).name("agent")).execute().items();
    try {
      return JSON.readValue(found.getFirst().getValue(), Agent.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Going of(ActivatedJob job) {
    return of(job.getProcessInstanceKey());
  }

  private Going of(long run) {
    return going.computeIfAbsent(run, key -> new Going());
  }

  @Override
  public void close() {
    client.close();
    engine.close();
    try {
      FileSystemUtils.deleteRecursively(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
