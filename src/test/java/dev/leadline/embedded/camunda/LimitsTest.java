package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.PublishMessageResponse;
import io.camunda.client.api.search.response.Variable;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class LimitsTest {

  @ParameterizedTest
  @EnumSource
  void aLargeVariableComesBackWhole(Protocol protocol) {
    String id = "large-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    String text = "größer ".repeat(100_000);
    long key = create(protocol, id, Map.of("text", text));
    assertThat(job(protocol, id).getVariable("text")).isEqualTo(text);
    Variable shortened =
        client(Protocol.REST).newVariableSearchRequest().filter(f -> f.processInstanceKey(key)).send().join()
            .items().getFirst();
    assertThat(shortened.isTruncated()).isTrue();
    assertThat(client(Protocol.REST).newVariableGetRequest(shortened.getVariableKey()).send().join().getValue())
        .isEqualTo("\"" + text + "\"");
  }

  @ParameterizedTest
  @EnumSource
  void fiveMegabytesAreRefused(Protocol protocol) {
    String id = "huge-" + protocol;
    deploy(protocol, Bpmn.createExecutableProcess(id).startEvent().endEvent().done());
    assertThatThrownBy(() -> create(protocol, id, Map.of("text", "x".repeat(5 << 20))))
        .isInstanceOf(ClientException.class)
        .message()
        .containsAnyOf("status: 413", "exceeds maximum size");
    assertThat(create(protocol, id, Map.of())).isPositive();
  }

  @Test
  void whatIsFarTooLargeIsRefusedBeforeItIsSent() throws IOException {
    URI address = Gateway.CAMUNDA.restAddress();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              "POST /v2/process-instances HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json").contains("8388608 bytes");
    }
  }

  @Test
  void ofThousandsOfCommandsAtOnceEachIsDoneOrRefusedAndTheNextIsTaken() {
    List<CompletableFuture<PublishMessageResponse>> all = new ArrayList<>();
    for (int i = 0; i < 6000; i++) {
      all.add(
          client(Protocol.GRPC)
              .newPublishMessageCommand()
              .messageName("flood")
              .correlationKey("c" + i)
              .timeToLive(Duration.ZERO)
              .requestTimeout(Duration.ofSeconds(60))
              .send()
              .toCompletableFuture());
    }
    long refused = 0;
    for (CompletableFuture<PublishMessageResponse> one : all) {
      Throwable failure = one.handle((response, thrown) -> thrown).join();
      if (failure != null) {
        assertThat(failure.toString() + failure.getCause()).contains("RESOURCE_EXHAUSTED");
        refused++;
      }
    }
    assertThat(refused).isLessThan(all.size());
    assertThat(
            client(Protocol.GRPC).newPublishMessageCommand().messageName("flood").correlationKey("after").send().join())
        .isNotNull();
  }

  @Test
  void workersThatWaitLeaveRoomForThoseThatAreDone() {
    String id = "crowd";
    deploy(
        Protocol.GRPC,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    create(Protocol.GRPC, id, Map.of());
    ActivatedJob job = job(Protocol.GRPC, id);
    try (CamundaClient crowd =
        CamundaClient.newClientBuilder().grpcAddress(Gateway.CAMUNDA.grpcAddress()).preferRestOverGrpc(false).build()) {
      List<CompletableFuture<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 4_500; i++) {
        waiting.add(crowd.newStreamJobsCommand().jobType("none").consumer(none -> {}).send().toCompletableFuture());
      }
      await().until(() -> waiting.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
      assertThat(client(Protocol.GRPC).newCompleteCommand(job).send().join()).isNotNull();
    }
  }
}
