package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.incident;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.now;
import static dev.leadline.embedded.camunda.Gateway.passTime;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.ActivateJobsResponse;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.JobState;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: concepts/job-workers, service tasks. */
@Tag("engine")
class JobConformanceTest {

  private static BpmnModelInstance work(String id) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .serviceTask("Work", task ->
            task.zeebeJobType(id).zeebeJobRetriesExpression("tries").zeebeTaskHeader("tone", "friendly"))
        .endEvent()
        .done();
  }

  private static ActivateJobsResponse poll(Protocol protocol, String type, Duration wait) {
    return client(protocol)
        .newActivateJobsCommand()
        .jobType(type)
        .maxJobsToActivate(10)
        .timeout(Duration.ofMinutes(1))
        .fetchVariables("in")
        .requestTimeout(wait)
        .send()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsPushedToAStreamingWorker(Protocol protocol) throws InterruptedException {
    String id = "push-" + protocol;
    deploy(protocol, work(id));
    BlockingQueue<ActivatedJob> seen = new LinkedBlockingQueue<>();
    try (JobWorker worker =
        client(protocol)
            .newWorker()
            .jobType(id)
            .handler((jobs, job) -> {
              seen.add(job);
              jobs.newCompleteCommand(job).variables(Map.of("out", job.getVariable("in"))).send().join();
            })
            .fetchVariables("in")
            .streamEnabled(true)
            .open()) {
      long key = create(protocol, id, Map.of("in", "Zoë ✓", "other", 1, "tries", 3));
      ActivatedJob job = seen.poll(5, TimeUnit.SECONDS);
      assertThat(job.getVariablesAsMap()).containsOnlyKeys("in");
      assertThat(job.getCustomHeaders()).containsEntry("tone", "friendly");
      assertThat(job.getRetries()).isEqualTo(3);
      awaitCompleted(key);
      assertThat(variables(key)).containsEntry("out", "\"Zoë ✓\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPollGetsWhatIsThereOrWaitsForIt(Protocol protocol) {
    String id = "poll-" + protocol;
    deploy(protocol, work(id));
    assertThat(poll(protocol, id, Duration.ofMillis(50)).getJobs()).isEmpty();
    create(protocol, id, Map.of("tries", 1, "in", 1));
    create(protocol, id, Map.of("tries", 1, "in", 2));
    assertThat(poll(protocol, id, Duration.ofSeconds(5)).getJobs())
        .extracting(job -> job.getVariablesAsMap())
        .containsExactly(Map.of("in", 1), Map.of("in", 2));
    var waiting =
        client(protocol)
            .newActivateJobsCommand().jobType(id).maxJobsToActivate(1).requestTimeout(Duration.ofSeconds(10)).send()
            .toCompletableFuture();
    assertThat(waiting).isNotDone();
    long key = create(protocol, id, Map.of("tries", 1));
    assertThat(waiting.join().getJobs())
        .singleElement()
        .satisfies(job -> assertThat(job.getProcessInstanceKey()).isEqualTo(key));
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsRetriedAfterItsBackOffAndThenBecomesAnIncident(Protocol protocol) {
    String id = "fail-" + protocol;
    long key = start(protocol, work(id), Map.of("tries", 2));
    client(protocol)
        .newFailCommand(job(protocol, id))
        .retries(1)
        .retryBackoff(Duration.ofMinutes(10))
        .errorMessage("not now")
        .variables(Map.of("tried", 1))
        .send()
        .join();
    assertThat(poll(protocol, id, Duration.ofMillis(50)).getJobs()).isEmpty();
    passTime(Duration.ofMinutes(11));
    ActivatedJob again = job(protocol, id);
    assertThat(again.getRetries()).isEqualTo(1);
    assertThat(again.getVariable("tried")).isEqualTo(1);
    client(protocol).newFailCommand(again).retries(0).errorMessage("never").send().join();
    Incident incident = incident(key);
    assertThat(incident.getErrorMessage()).isEqualTo("never");
    assertThat(incident.getJobKey()).isEqualTo(again.getKey());
    assertThat(instance(key).getHasIncident()).isTrue();
    assertThatThrownBy(() -> complete(protocol, again, Map.of()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("it is in state 'FAILED'");
    client(protocol).newUpdateRetriesCommand(again.getKey()).retries(2).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    assertThat(instance(key).getHasIncident()).isFalse();
    assertThat(
            client(Protocol.REST).newIncidentGetRequest(incident.getIncidentKey()).send().join().getState())
        .isEqualTo(IncidentState.RESOLVED);
    complete(protocol, job(protocol, id), Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerGetsMoreTime(Protocol protocol) {
    String id = "longer-" + protocol;
    long key = start(protocol, work(id), Map.of("tries", 1));
    ActivatedJob job = job(protocol, id);
    client(protocol).newUpdateTimeoutCommand(job).timeout(Duration.ofHours(2)).send().join();
    passTime(Duration.ofHours(1));
    assertThat(poll(protocol, id, Duration.ofMillis(50)).getJobs()).isEmpty();
    client(protocol)
        .newUpdateJobCommand(job)
        .update(7, Duration.ofSeconds(1).toMillis())
        .send()
        .join();
    passTime(Duration.ofMinutes(1));
    ActivatedJob again = job(protocol, id);
    assertThat(again.getKey()).isEqualTo(job.getKey());
    assertThat(again.getRetries()).isEqualTo(7);
    assertThat(again.getDeadline()).isGreaterThan(now().toEpochMilli());
    complete(protocol, again, Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatHappenedToAJobIsSeen(Protocol protocol) {
    String id = "seen-" + protocol;
    long key = start(protocol, work(id), Map.of("tries", 1));
    active(key, "Work");
    assertThat(state(id)).isEqualTo(JobState.CREATED);
    ActivatedJob job = job(protocol, id);
    complete(protocol, job, Map.of());
    awaitCompleted(key);
    assertThat(state(id)).isEqualTo(JobState.COMPLETED);
    assertThatThrownBy(() -> complete(protocol, job, Map.of()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  private static JobState state(String type) {
    return client(Protocol.REST)
        .newJobSearchRequest()
        .filter(filter -> filter.type(type))
        .send().join().items().getFirst().getState();
  }
}
