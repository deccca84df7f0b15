package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import io.camunda.client.api.search.response.DecisionInstance;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeBindingType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: business rule tasks, decision evaluation. */
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
    awaitCompleted(key);
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

  private static byte[] table(String id, String tag) {
    return """
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="drg-%1$s" name="DRG"
            namespace="http://camunda.org/schema/1.0/dmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
          <decision id="%1$s" name="Answer">
            <extensionElements><zeebe:versionTag value="%2$s"/></extensionElements>
            <variable id="v" name="answer"/>
            <literalExpression id="l"><text>"%2$s"</text></literalExpression>
          </decision>
        </definitions>""".formatted(id, tag).getBytes(StandardCharsets.UTF_8);
  }

  private static void deployTable(Protocol protocol, String id, String tag) {
    client(protocol).newDeployResourceCommand().addResourceBytes(table(id, tag), id + ".dmn").send().join();
  }

  @ParameterizedTest
  @EnumSource
  void aDecisionIsBoundToTheLatestToItsDeploymentOrToATag(Protocol protocol) {
    String id = "bound-decision-" + protocol;
    deployTable(protocol, id, "v1");
    var deployment = client(protocol).newDeployResourceCommand().addResourceBytes(table(id, "v2"), id + ".dmn");
    for (ZeebeBindingType binding : ZeebeBindingType.values()) {
      deployment =
          deployment.addProcessModel(
              Bpmn.createExecutableProcess(binding + "-" + id)
                  .startEvent()
                  .businessRuleTask("Ask", task -> {
                    task.zeebeCalledDecisionId(id).zeebeResultVariable("answer").zeebeBindingType(binding);
                    if (binding == ZeebeBindingType.versionTag) {
                      task.zeebeVersionTag("v1");
                    }
                  })
                  .endEvent()
                  .done(),
              binding + "-" + id + ".bpmn");
    }
    deployment.send().join();
    deployTable(protocol, id, "v3");
    Map.of(ZeebeBindingType.latest, "v3", ZeebeBindingType.deployment, "v2", ZeebeBindingType.versionTag, "v1")
        .forEach((binding, tag) -> {
          long key = create(protocol, binding + "-" + id, Map.of());
          awaitCompleted(key);
          assertThat(variables(key)).containsEntry("answer", "\"" + tag + "\"");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aBusinessRuleTaskMayBeAJob(Protocol protocol) {
    String id = "rulejob-" + protocol;
    long key =
        Gateway.start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .businessRuleTask("Ask", task -> task.zeebeJobType(id))
                .endEvent()
                .done(),
            Map.of());
    Gateway.complete(protocol, Gateway.job(protocol, id), Map.of("answer", 1));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("answer", "1");
  }

  @ParameterizedTest
  @EnumSource
  void aFailingEvaluationSaysWhichDecisionFailedAndWhy(Protocol protocol) {
    client(protocol).newDeployResourceCommand().addResourceFromClasspath("embedded-camunda/checked.dmn").send().join();
    EvaluateDecisionResponse response =
        client(protocol).newEvaluateDecisionCommand().decisionId("checked").variables(Map.of("x", 0)).send().join();
    assertThat(response.getFailedDecisionId()).isEqualTo("checked");
    assertThat(response.getFailureMessage()).contains("Expected to evaluate decision 'checked'");
    assertThat(response.getDecisionOutput()).isEqualTo("null");
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedDecisionIsFoundNoMore(Protocol protocol) {
    String id = "deleted-decision-" + protocol;
    long requirements =
        client(protocol)
            .newDeployResourceCommand().addResourceBytes(table(id, "v1"), id + ".dmn").send().join()
            .getDecisionRequirements().getFirst().getDecisionRequirementsKey();
    client(protocol).newDeleteResourceCommand(requirements).send().join();
    assertThatThrownBy(() -> client(protocol).newEvaluateDecisionCommand().decisionId(id).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("no decision found for id '" + id + "'");
  }
}
