package dev.leadline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CommandWrapper;
import io.camunda.client.metrics.DefaultNoopMetricsRecorder;
import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CompleteJobResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a simulated gateway, which speaks the engine's protocol and refuses as often as it is told to. */
class RetryCommandsTest {

  private static final long JOB = 4711;

  private final Gateway gateway = new Gateway();
  private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
  private Server server;
  private CamundaClient camunda;

  @BeforeEach
  void start() throws Exception {
    server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).addService(gateway).build().start();
    camunda = CamundaClient.newClientBuilder()
        .grpcAddress(URI.create("http://127.0.0.1:" + server.getPort())).preferRestOverGrpc(false).build();
  }

  @AfterEach
  void stop() {
    camunda.close();
    threads.shutdownNow();
    server.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "ABORTED"})
  void whatTheEngineCouldNotTakeIsToldAgainUntilItDoes(Status.Code refusal) {
    gateway.refuse(refusal, refusal, refusal);
    tell(Instant.now().plus(Duration.ofMinutes(1)));
    await().until(() -> gateway.taken.get() == 1);
    assertThat(gateway.asked).hasValue(4);
  }

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, names = {"NOT_FOUND", "FAILED_PRECONDITION", "INVALID_ARGUMENT"})
  void whatWillNeverBeTakenIsNotToldAgain(Status.Code refusal) {
    gateway.refuse(refusal);
    tell(Instant.now().plus(Duration.ofMinutes(1)));
    await().during(Duration.ofMillis(500)).until(() -> gateway.asked.get() == 1);
  }

  @Test
  void whatCanNoLongerBeInTimeIsNotToldAgain() {
    gateway.refuse(Status.Code.UNAVAILABLE);
    tell(Instant.now().minusSeconds(1));
    await().during(Duration.ofMillis(500)).until(() -> gateway.asked.get() == 1);
  }

  private void tell(Instant deadline) {
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getDeadline()).thenReturn(deadline.toEpochMilli());
    var retry = new RetryCommands(BackoffSupplier.newBackoffBuilder().build(), threads);
    new CommandWrapper(camunda.newCompleteCommand(JOB), job, retry, new DefaultNoopMetricsRecorder(), 100)
        .executeAsyncWithMetrics("told", "completed", "any");
  }

  private static final class Gateway extends GatewayGrpc.GatewayImplBase {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Status.Code> refusals = new ArrayDeque<>();

    synchronized void refuse(Status.Code... codes) {
      refusals.addAll(List.of(codes));
    }

    @Override
    public synchronized void completeJob(CompleteJobRequest request, StreamObserver<CompleteJobResponse> observer) {
      assertThat(request.getJobKey()).isEqualTo(JOB);
      asked.incrementAndGet();
      Status.Code refusal = refusals.poll();
      if (refusal != null) {
        observer.onError(refusal.toStatus().withDescription("Not now.").asRuntimeException());
        return;
      }
      taken.incrementAndGet();
      observer.onNext(CompleteJobResponse.getDefaultInstance());
      observer.onCompleted();
    }
  }
}
