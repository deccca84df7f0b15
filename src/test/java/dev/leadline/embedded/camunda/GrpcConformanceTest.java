package dev.leadline.embedded.camunda;

import static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;
import static io.grpc.Status.Code.ALREADY_EXISTS;
import static io.grpc.Status.Code.DEADLINE_EXCEEDED;
import static io.grpc.Status.Code.FAILED_PRECONDITION;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.OK;
import static io.grpc.Status.Code.RESOURCE_EXHAUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every RPC of the gateway protocol with the status codes that gateway.proto of 8.8 names, without a client between. */
@Tag("engine")
class GrpcConformanceTest {
  private static final long UNKNOWN = 7;
  private static final String PROCESS = "rpc";

  private static ManagedChannel channel;
  private static long definition;

  /** A call and how it ends; a refusal also says why. */
  private record Call(String rpc, Status.Code status, String reason, Function<GatewayBlockingStub, Object> call) {
    @Override
    public String toString() {
      return rpc + " " + status + " " + reason;
    }
  }

  private static Call ok(String rpc, Function<GatewayBlockingStub, Object> call) {
    return new Call(rpc, OK, "", call);
  }

  private static Call refused(
      String rpc, Status.Code status, String reason, Function<GatewayBlockingStub, Object> call) {
    return new Call(rpc, status, reason, call);
  }

  @BeforeAll
  static void connect() {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", Gateway.CAMUNDA.grpcAddress().getPort()).usePlaintext().build();
    definition =
        Gateway.deploy(
                Protocol.GRPC,
                Bpmn.createExecutableProcess(PROCESS)
                    .startEvent()
                    .serviceTask("Work", task -> task.zeebeJobType(PROCESS))
                    .endEvent()
                    .done())
            .getProcesses().getFirst().getProcessDefinitionKey();
    Gateway.deploy(
        Protocol.GRPC,
        Bpmn.createExecutableProcess("rpc-message").startEvent().message("rpc-begin").endEvent().done());
    Gateway.deploy(Protocol.GRPC, Bpmn.createExecutableProcess("rpc-empty").startEvent().endEvent().done());
    Gateway.client(Protocol.GRPC)
        .newDeployResourceCommand().addResourceFromClasspath("embedded-camunda/score.dmn").send().join();
  }

  @AfterAll
  static void disconnect() {
    channel.shutdownNow();
  }

  private static GatewayBlockingStub gateway() {
    return GatewayGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private static long instance() {
    return Gateway.create(Protocol.GRPC, PROCESS, Map.of());
  }

  private static long task(long instance) {
    return Gateway.active(instance, "Work").getElementInstanceKey();
  }

  /** An activated job. */
  private static long job() {
    instance();
    return Gateway.job(Protocol.GRPC, PROCESS).getKey();
  }

  private static long failedJob() {
    long job = job();
    Gateway.client(Protocol.GRPC).newFailCommand(job).retries(0).send().join();
    return job;
  }

  /** A job that nobody has taken. */
  private static long freeJob() {
    long task = task(instance());
    return Gateway.client(Protocol.REST)
        .newJobSearchRequest()
        .filter(filter -> filter.elementInstanceKey(task))
        .send().join().items().getFirst().getJobKey();
  }

  private static CreateProcessInstanceRequest.Builder create(String process) {
    return CreateProcessInstanceRequest.newBuilder().setBpmnProcessId(process).setVersion(-1);
  }

  private static ActivateJobsRequest.Builder activate() {
    return ActivateJobsRequest.newBuilder()
        .setType("rpc-none").setWorker("w").setTimeout(1000).setMaxJobsToActivate(1).setRequestTimeout(-1);
  }

  private static StreamActivatedJobsRequest.Builder stream() {
    return StreamActivatedJobsRequest.newBuilder().setType("rpc-stream").setWorker("w").setTimeout(60_000);
  }

  private static ByteString bpmn(String id) {
    return ByteString.copyFromUtf8(
        Bpmn.convertToString(Bpmn.createExecutableProcess(id).startEvent().endEvent().done()));
  }

  private static MigrateProcessInstanceRequest migrate(long instance, long target, String... mapping) {
    var plan = MigrateProcessInstanceRequest.MigrationPlan.newBuilder().setTargetProcessDefinitionKey(target);
    if (mapping.length > 0) {
      plan.addMappingInstructionsBuilder().setSourceElementId(mapping[0]).setTargetElementId(mapping[1]);
    }
    return MigrateProcessInstanceRequest.newBuilder().setProcessInstanceKey(instance).setMigrationPlan(plan).build();
  }

  private static ModifyProcessInstanceRequest modify(long instance, String element) {
    return ModifyProcessInstanceRequest.newBuilder()
        .setProcessInstanceKey(instance)
        .addActivateInstructions(ModifyProcessInstanceRequest.ActivateInstruction.newBuilder().setElementId(element))
        .build();
  }

  private static SetVariablesRequest set(long scope, String variables) {
    return SetVariablesRequest.newBuilder().setElementInstanceKey(scope).setVariables(variables).build();
  }

  private static CompleteJobRequest.Builder complete(long job) {
    return CompleteJobRequest.newBuilder().setJobKey(job);
  }

  private static PublishMessageRequest.Builder message() {
    return PublishMessageRequest.newBuilder()
        .setName("rpc-m").setCorrelationKey("1").setMessageId("same").setTimeToLive(3_600_000);
  }

  @SuppressWarnings("deprecation")
  static List<Call> calls() {
    return List.of(
        ok("Topology", g -> g.topology(TopologyRequest.getDefaultInstance())),
        ok("ActivateJobs", g -> g.activateJobs(activate().build()).hasNext()),
        refused("ActivateJobs", INVALID_ARGUMENT, "type", g -> g.activateJobs(activate().setType("").build()).next()),
        refused("ActivateJobs", INVALID_ARGUMENT, "timeout",
            g -> g.activateJobs(activate().setTimeout(0).build()).next()),
        refused("ActivateJobs", INVALID_ARGUMENT, "maxJobsToActivate",
            g -> g.activateJobs(activate().setMaxJobsToActivate(0).build()).next()),
        refused("ActivateJobs", INVALID_ARGUMENT, "multi-tenancy is disabled",
            g -> g.activateJobs(activate().addTenantIds("other").build()).next()),
        refused("StreamActivatedJobs", INVALID_ARGUMENT, "type",
            g -> g.streamActivatedJobs(stream().setType("").build()).next()),
        refused("StreamActivatedJobs", INVALID_ARGUMENT, "timeout",
            g -> g.streamActivatedJobs(stream().setTimeout(0).build()).next()),
        refused("StreamActivatedJobs", INVALID_ARGUMENT, "multi-tenancy is disabled",
            g -> g.streamActivatedJobs(stream().addTenantIds("other").build()).next()),
        ok("CancelProcessInstance", g -> g.cancelProcessInstance(
            CancelProcessInstanceRequest.newBuilder().setProcessInstanceKey(instance()).build())),
        refused("CancelProcessInstance", NOT_FOUND, "no such process was found", g -> g.cancelProcessInstance(
            CancelProcessInstanceRequest.newBuilder().setProcessInstanceKey(UNKNOWN).build())),
        ok("CompleteJob", g -> g.completeJob(complete(job()).setVariables("{\"a\":1}").build())),
        refused("CompleteJob", NOT_FOUND, "no such job", g -> g.completeJob(complete(UNKNOWN).build())),
        refused("CompleteJob", FAILED_PRECONDITION, "in state 'FAILED'",
            g -> g.completeJob(complete(failedJob()).build())),
        refused("CompleteJob", INVALID_ARGUMENT, "JSON",
            g -> g.completeJob(complete(job()).setVariables("[1]").build())),
        refused("CompleteJob", INVALID_ARGUMENT, "'odd' is unknown",
            g -> g.completeJob(complete(job()).setResult(JobResult.newBuilder().setType("odd")).build())),
        ok("CreateProcessInstance", g -> g.createProcessInstance(create(PROCESS).build())),
        refused("CreateProcessInstance", NOT_FOUND, "'rpc-no'",
            g -> g.createProcessInstance(create("rpc-no").build())),
        refused("CreateProcessInstance", NOT_FOUND, "version '99'",
            g -> g.createProcessInstance(create(PROCESS).setVersion(99).build())),
        refused("CreateProcessInstance", FAILED_PRECONDITION, "none start event",
            g -> g.createProcessInstance(create("rpc-message").build())),
        refused("CreateProcessInstance", INVALID_ARGUMENT, "valid JSON",
            g -> g.createProcessInstance(create(PROCESS).setVariables("{").build())),
        refused("CreateProcessInstance", INVALID_ARGUMENT, "multi-tenancy is disabled",
            g -> g.createProcessInstance(create(PROCESS).setTenantId("other").build())),
        refused("CreateProcessInstance", RESOURCE_EXHAUSTED, "exceeds maximum size",
            g -> g.createProcessInstance(
                create(PROCESS).setVariables("{\"a\":\"" + "x".repeat(5 << 20) + "\"}").build())),
        ok("CreateProcessInstanceWithResult", g -> g.createProcessInstanceWithResult(
            CreateProcessInstanceWithResultRequest.newBuilder().setRequest(create("rpc-empty")).build())),
        refused("CreateProcessInstanceWithResult", DEADLINE_EXCEEDED, "request timeout",
            g -> g.createProcessInstanceWithResult(
                CreateProcessInstanceWithResultRequest.newBuilder()
                    .setRequest(create(PROCESS)).setRequestTimeout(200).build())),
        refused("CreateProcessInstanceWithResult", NOT_FOUND, "'rpc-no'", g -> g.createProcessInstanceWithResult(
            CreateProcessInstanceWithResultRequest.newBuilder().setRequest(create("rpc-no")).build())),
        ok("EvaluateDecision", g -> g.evaluateDecision(
            EvaluateDecisionRequest.newBuilder().setDecisionId("points").setVariables("{\"need\":\"no\"}").build())),
        refused("EvaluateDecision", INVALID_ARGUMENT, "either a decision id or a valid decision key",
            g -> g.evaluateDecision(EvaluateDecisionRequest.getDefaultInstance())),
        // gateway.proto says INVALID_ARGUMENT, the engine of 8.8 says NOT_FOUND, and so does a cluster
        refused("EvaluateDecision", NOT_FOUND, "no decision found for id 'rpc-no'",
            g -> g.evaluateDecision(EvaluateDecisionRequest.newBuilder().setDecisionId("rpc-no").build())),
        ok("DeployProcess", g -> {
          DeployProcessResponse response =
              g.deployProcess(
                  DeployProcessRequest.newBuilder()
                      .addProcesses(
                          ProcessRequestObject.newBuilder().setName("old.bpmn").setDefinition(bpmn("rpc-old")))
                      .build());
          assertThat(response.getProcesses(0).getBpmnProcessId()).isEqualTo("rpc-old");
          return response;
        }),
        refused("DeployProcess", INVALID_ARGUMENT, "at least one resource",
            g -> g.deployProcess(DeployProcessRequest.getDefaultInstance())),
        ok("DeployResource", g -> g.deployResource(
            DeployResourceRequest.newBuilder()
                .addResources(Resource.newBuilder().setName("a.bpmn").setContent(bpmn("rpc-new"))).build())),
        refused("DeployResource", INVALID_ARGUMENT, "at least one resource",
            g -> g.deployResource(DeployResourceRequest.getDefaultInstance())),
        refused("DeployResource", INVALID_ARGUMENT, "broken.bpmn", g -> g.deployResource(
            DeployResourceRequest.newBuilder()
                .addResources(
                    Resource.newBuilder().setName("broken.bpmn").setContent(ByteString.copyFromUtf8("<no")))
                .build())),
        ok("FailJob", g -> g.failJob(FailJobRequest.newBuilder().setJobKey(job()).setRetries(0).build())),
        refused("FailJob", NOT_FOUND, "no such job",
            g -> g.failJob(FailJobRequest.newBuilder().setJobKey(UNKNOWN).build())),
        refused("FailJob", FAILED_PRECONDITION, "in state 'FAILED'",
            g -> g.failJob(FailJobRequest.newBuilder().setJobKey(failedJob()).build())),
        ok("ThrowError", g -> g.throwError(ThrowErrorRequest.newBuilder().setJobKey(job()).setErrorCode("E").build())),
        refused("ThrowError", NOT_FOUND, "no such job",
            g -> g.throwError(ThrowErrorRequest.newBuilder().setJobKey(UNKNOWN).setErrorCode("E").build())),
        refused("ThrowError", FAILED_PRECONDITION, "in state 'FAILED'",
            g -> g.throwError(ThrowErrorRequest.newBuilder().setJobKey(failedJob()).setErrorCode("E").build())),
        ok("PublishMessage", g -> g.publishMessage(message().setMessageId("").build())),
        refused("PublishMessage", ALREADY_EXISTS, "'same'", g -> {
          g.publishMessage(message().build());
          return g.publishMessage(message().build());
        }),
        refused("PublishMessage", INVALID_ARGUMENT, "name", g -> g.publishMessage(message().setName("").build())),
        ok("ResolveIncident", g -> g.resolveIncident(
            ResolveIncidentRequest.newBuilder().setIncidentKey(resolvable(g)).build())),
        refused("ResolveIncident", NOT_FOUND, "no such incident",
            g -> g.resolveIncident(ResolveIncidentRequest.newBuilder().setIncidentKey(UNKNOWN).build())),
        ok("SetVariables", g -> g.setVariables(set(instance(), "{\"a\":1}"))),
        refused("SetVariables", NOT_FOUND, "no such element was found", g -> g.setVariables(set(UNKNOWN, "{}"))),
        refused("SetVariables", INVALID_ARGUMENT, "JSON object", g -> g.setVariables(set(instance(), "7"))),
        ok("UpdateJobRetries", g -> g.updateJobRetries(
            UpdateJobRetriesRequest.newBuilder().setJobKey(job()).setRetries(2).build())),
        refused("UpdateJobRetries", NOT_FOUND, "no such job", g -> g.updateJobRetries(
            UpdateJobRetriesRequest.newBuilder().setJobKey(UNKNOWN).setRetries(2).build())),
        refused("UpdateJobRetries", INVALID_ARGUMENT, "positive", g -> g.updateJobRetries(
            UpdateJobRetriesRequest.newBuilder().setJobKey(job()).build())),
        ok("UpdateJobTimeout", g -> g.updateJobTimeout(
            UpdateJobTimeoutRequest.newBuilder().setJobKey(job()).setTimeout(9000).build())),
        refused("UpdateJobTimeout", NOT_FOUND, "no such job", g -> g.updateJobTimeout(
            UpdateJobTimeoutRequest.newBuilder().setJobKey(UNKNOWN).setTimeout(9000).build())),
        refused("UpdateJobTimeout", FAILED_PRECONDITION, "it is not active", g -> g.updateJobTimeout(
            UpdateJobTimeoutRequest.newBuilder().setJobKey(freeJob()).setTimeout(9000).build())),
        ok("ModifyProcessInstance", g -> g.modifyProcessInstance(modify(instance(), "Work"))),
        refused("ModifyProcessInstance", NOT_FOUND, "no process instance found",
            g -> g.modifyProcessInstance(modify(UNKNOWN, "Work"))),
        refused("ModifyProcessInstance", INVALID_ARGUMENT, "'Nowhere'",
            g -> g.modifyProcessInstance(modify(instance(), "Nowhere"))),
        ok("MigrateProcessInstance", g -> {
          long instance = instance();
          task(instance);
          return g.migrateProcessInstance(migrate(instance, definition, "Work", "Work"));
        }),
        refused("MigrateProcessInstance", NOT_FOUND, "no process instance found",
            g -> g.migrateProcessInstance(migrate(UNKNOWN, definition, "Work", "Work"))),
        refused("MigrateProcessInstance", NOT_FOUND, "no process definition found",
            g -> g.migrateProcessInstance(migrate(instance(), UNKNOWN, "Work", "Work"))),
        refused("MigrateProcessInstance", INVALID_ARGUMENT, "'Nowhere'",
            g -> g.migrateProcessInstance(migrate(instance(), definition, "Work", "Nowhere"))),
        refused("MigrateProcessInstance", FAILED_PRECONDITION, "no mapping instruction", g -> {
          long instance = instance();
          task(instance);
          return g.migrateProcessInstance(migrate(instance, definition));
        }),
        ok("DeleteResource", g -> g.deleteResource(DeleteResourceRequest.newBuilder().setResourceKey(
            Gateway.deploy(Protocol.GRPC, Bpmn.createExecutableProcess("rpc-gone").startEvent().endEvent().done())
                .getProcesses().getFirst().getProcessDefinitionKey()).build())),
        refused("DeleteResource", NOT_FOUND, "no resource found",
            g -> g.deleteResource(DeleteResourceRequest.newBuilder().setResourceKey(UNKNOWN).build())),
        ok("BroadcastSignal",
            g -> g.broadcastSignal(BroadcastSignalRequest.newBuilder().setSignalName("rpc").build())),
        refused("BroadcastSignal", INVALID_ARGUMENT, "signalName",
            g -> g.broadcastSignal(BroadcastSignalRequest.getDefaultInstance())));
  }

  private static long resolvable(GatewayBlockingStub gateway) {
    long instance = instance();
    long job = Gateway.job(Protocol.GRPC, PROCESS).getKey();
    gateway.failJob(FailJobRequest.newBuilder().setJobKey(job).setRetries(0).build());
    gateway.updateJobRetries(UpdateJobRetriesRequest.newBuilder().setJobKey(job).setRetries(1).build());
    return Gateway.incident(instance).getIncidentKey();
  }

  /** Cancels what earlier calls left waiting, so that the next job is the one that a call has just created. */
  private static void endAll() {
    Gateway.instances(PROCESS).stream()
        .filter(instance -> instance.getEndDate() == null)
        .forEach(instance ->
            Gateway.client(Protocol.GRPC).newCancelInstanceCommand(instance.getProcessInstanceKey()).send().join());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anRpcEndsWithItsStatusAndTheEnginesReason(Call call) {
    endAll();
    Status status;
    try {
      assertThat(call.call().apply(gateway())).isNotNull();
      status = Status.OK;
    } catch (StatusRuntimeException e) {
      status = e.getStatus();
    }
    assertThat(status.getCode()).as(status.toString()).isEqualTo(call.status());
    assertThat(status.getDescription() == null ? "" : status.getDescription()).contains(call.reason());
  }

  @Test
  void noRpcIsForgotten() {
    assertThat(calls().stream().map(Call::rpc).distinct())
        .containsExactlyInAnyOrderElementsOf(
            GatewayGrpc.getServiceDescriptor().getMethods().stream().map(MethodDescriptor::getBareMethodName).toList());
  }

  @Test
  void aStreamGetsJobsUntilItIsClosed() throws Exception {
    Gateway.deploy(
        Protocol.GRPC,
        Bpmn.createExecutableProcess("rpc-stream")
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType("rpc-stream"))
            .endEvent()
            .done());
    ManagedChannel worker =
        NettyChannelBuilder.forAddress("127.0.0.1", Gateway.CAMUNDA.grpcAddress().getPort()).usePlaintext().build();
    long key;
    try {
      Iterator<ActivatedJob> jobs =
          GatewayGrpc.newBlockingStub(worker)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .streamActivatedJobs(stream().addFetchVariable("a").build());
      CompletableFuture<ActivatedJob> first = CompletableFuture.supplyAsync(jobs::next);
      // a stream gets the jobs that are created after it was opened, and nothing says when that was
      Awaitility.await().until(() -> {
        Gateway.create(Protocol.GRPC, "rpc-stream", Map.of("a", 1, "b", 2));
        return first.isDone();
      });
      assertThat(first.join().getVariables()).isEqualTo("{\"a\":1}");
      key = first.join().getProcessInstanceKey();
      gateway().completeJob(complete(first.join().getKey()).build());
    } finally {
      worker.shutdownNow();
    }
    Gateway.awaitCompleted(key);
    Gateway.create(Protocol.GRPC, "rpc-stream", Map.of());
    assertThat(Gateway.job(Protocol.GRPC, "rpc-stream").getElementId()).isEqualTo("Work");
  }
}
