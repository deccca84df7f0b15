package dev.leadline.embedded.camunda;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.PublishMessageCommandStep1.PublishMessageCommandStep3;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A program to be killed: creates instances, completes their jobs, publishes their messages, completes their user
 * tasks and takes checkpoints without end, and prints a line for each command that was acknowledged.
 */
final class KillLoad {
  static final String PROCESS = "killed";
  static final String MESSAGE = "go";
  static final int ELEMENTS = 6;

  private static final int IN_FLIGHT = 24;

  private KillLoad() {}

  static BpmnModelInstance process() {
    return Bpmn.createExecutableProcess(PROCESS)
        .startEvent("Start")
        .serviceTask("First", task -> task.zeebeJobType("first"))
        .intermediateCatchEvent("Go", event -> event.message(m -> m.name(MESSAGE).zeebeCorrelationKeyExpression("number")))
        .userTask("Approve", task -> task.zeebeUserTask())
        .serviceTask("Last", task -> task.zeebeJobType("last"))
        .endEvent("End")
        .done();
  }

  static CamundaClient client(EmbeddedCamunda camunda) {
    return CamundaClient.newClientBuilder()
        .restAddress(camunda.restAddress())
        .grpcAddress(camunda.grpcAddress())
        .preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(20))
        .build();
  }

  public static void main(String[] args) throws InterruptedException {
    EmbeddedCamunda camunda = EmbeddedCamunda.start(new Settings(Path.of(args[0]), "127.0.0.1", 0, 0, false));
    CamundaClient client = client(camunda);
    client.newDeployResourceCommand().addProcessModel(process(), "killed.bpmn").send().join();
    work(client, "first");
    work(client, "last");
    Thread.ofPlatform().daemon().start(() -> completeTasks(client));
    Thread.ofPlatform().daemon().start(() -> {
      while (true) {
        camunda.checkpoint();
      }
    });
    System.out.println("ready");
    create(client, args[1]);
  }

  private static void work(CamundaClient client, String type) {
    client
        .newWorker()
        .jobType(type)
        .handler((jobs, job) ->
            jobs.newCompleteCommand(job).send().thenAccept(done -> say("job", job.getKey(), job.getProcessInstanceKey())))
        .timeout(Duration.ofHours(1))
        .streamEnabled(true)
        .open();
  }

  private static void create(CamundaClient client, String life) throws InterruptedException {
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (int i = 0; true; i++) {
      String number = life + "-" + i;
      inFlight.acquire();
      client
          .newCreateInstanceCommand()
          .bpmnProcessId(PROCESS)
          .latestVersion()
          .variables(Map.of("number", number))
          .send()
          .thenCompose(created -> {
            say("created", created.getProcessInstanceKey(), number);
            return publish(client, number).send();
          })
          .whenComplete((published, failure) -> {
            if (failure == null) {
              say("published", number, published.getMessageKey());
            }
            inFlight.release();
          });
    }
  }

  static PublishMessageCommandStep3 publish(CamundaClient client, String number) {
    return client.newPublishMessageCommand().messageName(MESSAGE).correlationKey(number).messageId(number)
        .timeToLive(Duration.ofHours(2));
  }

  /** Also those that an earlier life left; until the client is closed. */
  static void completeTasks(CamundaClient client) {
    try {
      Set<Long> asked = ConcurrentHashMap.newKeySet();
      while (true) {
        completeTasks(client, asked);
      }
    } catch (ClientException e) {
      System.out.println("No more tasks are completed: " + e.getMessage());
    }
  }

  private static void completeTasks(CamundaClient client, Set<Long> asked) {
    for (UserTask task :
        client
            .newUserTaskSearchRequest()
            .filter(filter -> filter.state(UserTaskState.CREATED))
            .page(page -> page.limit(200))
            .send()
            .join()
            .items()) {
      if (asked.add(task.getUserTaskKey())) {
        client
            .newCompleteUserTaskCommand(task.getUserTaskKey())
            .send()
            .thenAccept(done -> say("task", task.getUserTaskKey(), task.getProcessInstanceKey()));
      }
    }
  }

  private static void say(String what, Object key, Object more) {
    System.out.println(what + " " + key + " " + more);
  }
}
