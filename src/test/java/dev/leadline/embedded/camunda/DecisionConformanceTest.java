package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.DecisionInstance;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class DecisionConformanceTest {

  private static void deployTable(Protocol protocol) {
    client(protocol).newDeployResourceCommand().addResourceFromClasspath("embedded-camunda/score.dmn").send().join();
  }

  @ParameterizedTest
  @EnumSource
  void aBusinessRuleTaskAsksATableThatNeedsAnother(Protocol protocol) {
    deployTable(protocol);
    String id = "rule-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .businessRuleTask("Score", task -> task.zeebeCalledDecisionId("tier").zeebeResultVariable("tier"))
            .endEvent()
            .done());
    long key = create(protocol, id, Map.of("need", "explicit"));
    Awaitility.await().untilAsserted(() ->
        assertThat(instance(key).getState()).isEqualTo(ProcessInstanceState.COMPLETED));
    assertThat(variables(key)).containsEntry("tier", "\"A\"");
    List<DecisionInstance> decisions =
        client(Protocol.REST)
            .newDecisionInstanceSearchRequest()
            .filter(filter -> filter.processInstanceKey(key))
            .send().join().items();
    assertThat(decisions)
        .extracting(DecisionInstance::getDecisionDefinitionId)
        .containsExactlyInAnyOrder("points", "tier");
    DecisionInstance points =
        decisions.stream().filter(one -> one.getDecisionDefinitionId().equals("points")).findFirst().orElseThrow();
    DecisionInstance whole =
        client(Protocol.REST).newDecisionInstanceGetRequest(points.getDecisionInstanceId()).send().join();
    assertThat(whole.getResult()).isEqualTo("50");
    assertThat(whole.getEvaluatedInputs()).singleElement().satisfies(input ->
        assertThat(input.getInputValue()).isEqualTo("\"explicit\""));
    assertThat(whole.getMatchedRules()).extracting(rule -> rule.getRuleId()).containsExactly("explicit", "always");
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionIsEvaluatedOnItsOwn(Protocol protocol) {
    deployTable(protocol);
    EvaluateDecisionResponse response =
        client(protocol)
            .newEvaluateDecisionCommand()
            .decisionId("tier")
            .variables(Map.of("need", "none"))
            .send()
            .join();
    assertThat(response.getDecisionOutput()).isEqualTo("\"C\"");
    assertThat(response.getEvaluatedDecisions())
        .filteredOn(decision -> decision.getDecisionId().equals("points"))
        .singleElement()
        .satisfies(decision -> assertThat(decision.getMatchedRules()).hasSize(1));
  }
}
