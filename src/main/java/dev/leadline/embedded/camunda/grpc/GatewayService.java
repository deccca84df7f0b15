package dev.leadline.embedded.camunda.grpc;

import static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Command;
import dev.leadline.embedded.camunda.commands.InstanceCommands;
import dev.leadline.embedded.camunda.commands.JobCommands;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.commands.Variables;
import dev.leadline.embedded.camunda.engine.Answer;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceResultRecord;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every call of the gateway protocol: the request becomes a command, the answer a response. */
final class GatewayService extends GatewayGrpc.GatewayImplBase {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Broker broker;

  GatewayService(Broker broker) {
    this.broker = broker;
  }

  private <T> void send(StreamObserver<T> caller, Supplier<Command> command, Function<Answer, T> response) {
    send(caller, command, TIMEOUT, response);
  }

  private <T> void send(
      StreamObserver<T> caller, Supplier<Command> command, Duration timeout, Function<Answer, T> response) {
    CompletableFuture<T> result;
    try {
      result = broker.send(command.get(), timeout).thenApply(response);
    } catch (RuntimeException e) {
      result = CompletableFuture.failedFuture(e);
    }
    result.whenComplete((value, failure) -> {
      if (failure != null) {
        caller.onError(status(failure));
      } else {
        caller.onNext(value);
        caller.onCompleted();
      }
    });
  }

  static RuntimeException status(Throwable failure) {
    Refusal refusal = Refusal.of(failure);
    return Status.fromCode(Status.Code.valueOf(refusal.kind().grpc))
        .withDescription(refusal.getMessage())
        .asRuntimeException();
  }

  @Override
  public void topology(TopologyRequest request, StreamObserver<TopologyResponse> caller) {
    Partition partition =
        Partition.newBuilder()
            .setPartitionId(1)
            .setRole(Partition.PartitionBrokerRole.LEADER)
            .setHealth(
                broker.healthy() ? Partition.PartitionBrokerHealth.HEALTHY : Partition.PartitionBrokerHealth.UNHEALTHY)
            .build();
    BrokerInfo node =
        BrokerInfo.newBuilder()
            .setNodeId(0)
            .setHost("127.0.0.1")
            .setPort(26501)
            .setVersion(Broker.VERSION)
            .addPartitions(partition)
            .build();
    caller.onNext(
        TopologyResponse.newBuilder()
            .addBrokers(node)
            .setClusterSize(1)
            .setPartitionsCount(1)
            .setReplicationFactor(1)
            .setGatewayVersion(Broker.VERSION)
            .build());
    caller.onCompleted();
  }

  @Override
  @Deprecated
  public void deployProcess(DeployProcessRequest request, StreamObserver<DeployProcessResponse> caller) {
    send(
        caller,
        () -> Requests.deploy(request),
        answer -> Responses.deployedProcesses(Responses.deployed(answer, new DeploymentRecord())));
  }

  @Override
  public void deployResource(DeployResourceRequest request, StreamObserver<DeployResourceResponse> caller) {
    send(caller, () -> Requests.deploy(request), answer -> Responses.deployed(answer, new DeploymentRecord()));
  }

  @Override
  public void deleteResource(DeleteResourceRequest request, StreamObserver<DeleteResourceResponse> caller) {
    send(
        caller,
        () -> Requests.deleteResource(request),
        answer -> DeleteResourceResponse.getDefaultInstance());
  }

  @Override
  public void createProcessInstance(
      CreateProcessInstanceRequest request, StreamObserver<CreateProcessInstanceResponse> caller) {
    send(
        caller,
        () -> Requests.create(request),
        answer -> Responses.created(answer.read(new ProcessInstanceCreationRecord())));
  }

  @Override
  public void createProcessInstanceWithResult(
      CreateProcessInstanceWithResultRequest request,
      StreamObserver<CreateProcessInstanceWithResultResponse> caller) {
    Duration timeout = request.getRequestTimeout() > 0 ? Duration.ofMillis(request.getRequestTimeout()) : TIMEOUT;
    send(
        caller,
        () -> Requests.createWithResult(request),
        timeout,
        answer -> Responses.finished(answer.read(new ProcessInstanceResultRecord())));
  }

  @Override
  public void cancelProcessInstance(
      CancelProcessInstanceRequest request, StreamObserver<CancelProcessInstanceResponse> caller) {
    send(caller, () -> Requests.cancel(request), answer -> CancelProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void modifyProcessInstance(
      ModifyProcessInstanceRequest request, StreamObserver<ModifyProcessInstanceResponse> caller) {
    send(caller, () -> Requests.modify(request), answer -> ModifyProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void migrateProcessInstance(
      MigrateProcessInstanceRequest request, StreamObserver<MigrateProcessInstanceResponse> caller) {
    send(caller, () -> Requests.migrate(request), answer -> MigrateProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void activateJobs(ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> caller) {
    JobCalls.poll(broker, request, caller);
  }

  @Override
  public void streamActivatedJobs(StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> caller) {
    JobCalls.stream(broker, request, caller);
  }

  @Override
  public void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> caller) {
    send(caller, () -> Requests.complete(request), answer -> CompleteJobResponse.getDefaultInstance());
  }

  @Override
  public void failJob(FailJobRequest request, StreamObserver<FailJobResponse> caller) {
    send(
        caller,
        () ->
            JobCommands.fail(
                request.getJobKey(),
                request.getRetries(),
                request.getRetryBackOff(),
                request.getErrorMessage(),
                Variables.of(request.getVariables())),
        answer -> FailJobResponse.getDefaultInstance());
  }

  @Override
  public void throwError(ThrowErrorRequest request, StreamObserver<ThrowErrorResponse> caller) {
    send(
        caller,
        () ->
            JobCommands.throwError(
                request.getJobKey(),
                request.getErrorCode(),
                request.getErrorMessage(),
                Variables.of(request.getVariables())),
        answer -> ThrowErrorResponse.getDefaultInstance());
  }

  @Override
  public void updateJobRetries(UpdateJobRetriesRequest request, StreamObserver<UpdateJobRetriesResponse> caller) {
    send(
        caller,
        () -> JobCommands.updateRetries(request.getJobKey(), request.getRetries()),
        answer -> UpdateJobRetriesResponse.getDefaultInstance());
  }

  @Override
  public void updateJobTimeout(UpdateJobTimeoutRequest request, StreamObserver<UpdateJobTimeoutResponse> caller) {
    send(
        caller,
        () -> JobCommands.updateTimeout(request.getJobKey(), request.getTimeout()),
        answer -> UpdateJobTimeoutResponse.getDefaultInstance());
  }

  @Override
  public void publishMessage(PublishMessageRequest request, StreamObserver<PublishMessageResponse> caller) {
    send(
        caller,
        () -> Requests.publish(request),
        answer -> PublishMessageResponse.newBuilder().setKey(answer.key()).setTenantId("<default>").build());
  }

  @Override
  public void broadcastSignal(BroadcastSignalRequest request, StreamObserver<BroadcastSignalResponse> caller) {
    send(
        caller,
        () -> Requests.broadcast(request),
        answer -> BroadcastSignalResponse.newBuilder().setKey(answer.key()).setTenantId("<default>").build());
  }

  @Override
  public void setVariables(SetVariablesRequest request, StreamObserver<SetVariablesResponse> caller) {
    send(
        caller,
        () ->
            InstanceCommands.setVariables(
                request.getElementInstanceKey(), Variables.of(request.getVariables()), request.getLocal()),
        answer -> SetVariablesResponse.newBuilder().setKey(answer.key()).build());
  }

  @Override
  public void resolveIncident(ResolveIncidentRequest request, StreamObserver<ResolveIncidentResponse> caller) {
    send(
        caller,
        () -> InstanceCommands.resolveIncident(request.getIncidentKey()),
        answer -> ResolveIncidentResponse.getDefaultInstance());
  }

  @Override
  public void evaluateDecision(EvaluateDecisionRequest request, StreamObserver<EvaluateDecisionResponse> caller) {
    send(
        caller,
        () -> Requests.evaluate(request),
        answer -> Responses.evaluated(answer.key(), answer.read(new DecisionEvaluationRecord())));
  }
}
