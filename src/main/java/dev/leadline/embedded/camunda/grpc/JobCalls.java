package dev.leadline.embedded.camunda.grpc;

import static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.JobCommands;
import dev.leadline.embedded.camunda.commands.JobPoll;
import dev.leadline.embedded.camunda.engine.JobStreams;
import io.camunda.zeebe.msgpack.value.StringValue;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.stream.job.JobActivationProperties;
import io.camunda.zeebe.protocol.impl.stream.job.JobActivationPropertiesImpl;
import io.camunda.zeebe.util.buffer.BufferUtil;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;

/** The calls by which workers get jobs: asked for (long polling) or pushed (streaming). */
final class JobCalls {

  private JobCalls() {}

  static void poll(Broker broker, ActivateJobsRequest request, StreamObserver<ActivateJobsResponse> observer) {
    ServerCallStreamObserver<ActivateJobsResponse> caller = (ServerCallStreamObserver<ActivateJobsResponse>) observer;
    try {
      Requests.requireDefaultTenant(request.getTenantIdsList());
      JobCommands.Request wanted =
          new JobCommands.Request(
              request.getType(),
              request.getWorker(),
              request.getTimeout(),
              request.getMaxJobsToActivate(),
              request.getFetchVariableList());
      JobPoll poll =
          new JobPoll(
              broker,
              wanted,
              jobs -> deliver(broker, caller, jobs),
              failure -> caller.onError(GatewayService.status(failure)));
      caller.setOnCancelHandler(poll::abandon);
      poll.start(request.getRequestTimeout());
    } catch (RuntimeException e) {
      caller.onError(GatewayService.status(e));
    }
  }

  private static void deliver(
      Broker broker, ServerCallStreamObserver<ActivateJobsResponse> caller, List<JobPoll.Job> jobs) {
    if (caller.isCancelled()) {
      jobs.forEach(job -> broker.tell(JobCommands.yield(job.key())));
      return;
    }
    if (!jobs.isEmpty()) {
      ActivateJobsResponse.Builder response = ActivateJobsResponse.newBuilder();
      jobs.forEach(job -> response.addJobs(Responses.job(job.key(), job.record())));
      caller.onNext(response.build());
    }
    caller.onCompleted();
  }

  static void stream(Broker broker, StreamActivatedJobsRequest request, StreamObserver<ActivatedJob> observer) {
    ServerCallStreamObserver<ActivatedJob> caller = (ServerCallStreamObserver<ActivatedJob>) observer;
    try {
      Requests.requireDefaultTenant(request.getTenantIdsList());
      JobCommands.Request wanted =
          new JobCommands.Request(
              request.getType(), request.getWorker(), request.getTimeout(), 1, request.getFetchVariableList());
      Push push = new Push(broker, wanted, caller);
      caller.setOnCancelHandler(() -> broker.jobStreams().close(wanted.type(), push));
      caller.setOnCloseHandler(() -> broker.jobStreams().close(wanted.type(), push));
      broker.jobStreams().open(wanted.type(), push);
      if (caller.isCancelled()) {
        broker.jobStreams().close(wanted.type(), push);
      }
    } catch (RuntimeException e) {
      caller.onError(GatewayService.status(e));
    }
  }

  /** A worker's open stream; a job that it can no longer take is given back. */
  private static final class Push implements JobStreams.Stream {
    private final Broker broker;
    private final ServerCallStreamObserver<ActivatedJob> caller;
    private final JobActivationProperties properties;

    Push(Broker broker, JobCommands.Request request, ServerCallStreamObserver<ActivatedJob> caller) {
      this.broker = broker;
      this.caller = caller;
      List<StringValue> variables =
          request.fetchVariables().stream().map(name -> new StringValue(name)).toList();
      JobActivationPropertiesImpl wanted =
          new JobActivationPropertiesImpl()
              .setTimeout(request.timeout())
              .setFetchVariables(variables)
              .setTenantIds(List.of("<default>"))
              .setClaims(Map.of("authorized_anonymous_user", true));
      byte[] worker = BufferUtil.bufferAsArray(BufferUtil.wrapString(request.worker()));
      wanted.setWorker(BufferUtil.wrapArray(worker), 0, worker.length);
      properties = wanted;
    }

    @Override
    public JobActivationProperties properties() {
      return properties;
    }

    @Override
    public boolean ready() {
      return !caller.isCancelled() && caller.isReady();
    }

    @Override
    public Runnable prepare(long key, JobRecord job) {
      ActivatedJob message = Responses.job(key, job);
      return () -> send(key, message);
    }

    private void send(long key, ActivatedJob message) {
      boolean sent = false;
      synchronized (caller) {
        if (!caller.isCancelled()) {
          try {
            caller.onNext(message);
            sent = true;
          } catch (RuntimeException e) {
            sent = false;
          }
        }
      }
      if (!sent) {
        broker.tell(JobCommands.yield(key));
      }
    }
  }
}
