package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.CAMUNDA;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivateJobsResponse;
import io.camunda.client.api.CamundaFuture;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class GoneWorkerTest {

  @ParameterizedTest
  @EnumSource
  void aJobOfAWorkerThatWentAwayIsGivenToTheNextAtOnce(Protocol protocol) {
    String id = "gone-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    CamundaClient leaving = client(protocol);
    CamundaFuture<ActivateJobsResponse> waiting =
        leaving.newActivateJobsCommand().jobType(id).maxJobsToActivate(1).timeout(Duration.ofHours(1))
            .requestTimeout(Duration.ofMinutes(1)).send();
    leaving.newTopologyRequest().send().join();
    waiting.cancel(true);
    leaving.close();
    create(protocol, id, Map.of());
    assertThat(job(protocol, id).getElementId()).isEqualTo("T");
  }

  @Test
  void aStreamWhoseWorkerWentAwayGetsNoJob() {
    String id = "gone-stream";
    deploy(
        Protocol.GRPC,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    CamundaClient leaving = client(Protocol.GRPC);
    leaving.newStreamJobsCommand().jobType(id).consumer(job -> {}).timeout(Duration.ofHours(1)).send();
    leaving.newTopologyRequest().send().join();
    leaving.close();
    create(Protocol.GRPC, id, Map.of());
    assertThat(job(Protocol.GRPC, id).getElementId()).isEqualTo("T");
  }

  private static CamundaClient client(Protocol protocol) {
    return CamundaClient.newClientBuilder()
        .restAddress(CAMUNDA.restAddress())
        .grpcAddress(CAMUNDA.grpcAddress())
        .preferRestOverGrpc(protocol == Protocol.REST)
        .build();
  }
}
