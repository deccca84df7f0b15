package dev.leadline.embedded.camunda;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** A program to be killed: starts instances and takes checkpoints without end, printing each acknowledged key. */
class CrashingEngine {

  public static void main(String[] args) throws InterruptedException {
    EmbeddedCamunda camunda = EmbeddedCamunda.start(new Settings(Path.of(args[0]), "127.0.0.1", 0, 0, false));
    CamundaClient client =
        CamundaClient.newClientBuilder()
            .restAddress(camunda.restAddress())
            .grpcAddress(camunda.grpcAddress())
            .preferRestOverGrpc(false)
            .build();
    client
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("crash")
                .startEvent()
                .serviceTask("First", task -> task.zeebeJobType("first"))
                .serviceTask("Second", task -> task.zeebeJobType("second"))
                .endEvent()
                .done(),
            "crash.bpmn")
        .send()
        .join();
    client
        .newWorker()
        .jobType("first")
        .handler((jobs, job) -> jobs.newCompleteCommand(job).send())
        .streamEnabled(true)
        .open();
    client.newWorker().jobType("second").handler((jobs, job) -> {}).timeout(600_000).streamEnabled(true).open();
    Thread.ofPlatform().daemon().start(() -> {
      while (true) {
        camunda.checkpoint();
      }
    });
    Semaphore inFlight = new Semaphore(16);
    while (true) {
      inFlight.acquire();
      client
          .newCreateInstanceCommand()
          .bpmnProcessId("crash")
          .latestVersion()
          .send()
          .whenComplete((created, failure) -> {
            inFlight.release();
            if (created != null) {
              System.out.println("created " + created.getProcessInstanceKey());
            }
          });
    }
  }
}
