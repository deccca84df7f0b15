package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.agent.AgentRuns;
import dev.leadline.agent.ModelServer;
import dev.leadline.research.Fact;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.response.UserTask;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Company research by a model that chooses: a simulated server that speaks OpenAI's protocol. */
@JourneyTest
class CompanyResearchByModelTest extends ResearchRuns {

  private static final String OWN_SITE = "https://www.nordkap-logistik.example";
  /** The same page as the search has found it. */
  private static final String FOUND = "https://nordkap-logistik.example/";

  static final ModelServer MODEL = server();

  @DynamicPropertySource
  static void onlyTheAgentHasAModel(DynamicPropertyRegistry properties) {
    properties.add("leadline.model.steps.run-agent.provider", () -> "openai");
    properties.add("leadline.model.steps.run-agent.base-url", MODEL::url);
    properties.add("leadline.model.steps.run-agent.name", () -> "chooser");
    properties.add("leadline.model.prices.chooser.in", () -> "10");
    properties.add("leadline.model.prices.chooser.out", () -> "30");
  }

  private static ModelServer server() {
    try {
      return ModelServer.openAi();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Autowired AgentRuns asked;

  @BeforeEach
  void forget() {
    MODEL.reset();
  }

  @AfterEach
  void nothingIsAnIncident() {
    assertThat(camunda.newIncidentSearchRequest().filter(incident -> incident.state(IncidentState.ACTIVE)).execute()
        .items()).isEmpty();
  }

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void theModelChoosesTwoToolsAtOnceAndReadsWhatTheyBring() {
    MODEL.calls("SearchWeb", "{\"query\": \"warehouses\"}", "LookUpCompany", "{}")
        .calls("ReadPage", "{\"address\": \"" + OWN_SITE + "\"}")
        .says("They forward freight and look for help with order entry.");
    long instance = start();
    ends(instance);

    assertThat(completed(instance)).containsOnlyOnce("SearchWeb", "LookUpCompany", "ReadPage").doesNotContain("LookUpCrm");
    assertThat(MODEL.asked).hasSize(3);
    String opening = MODEL.asked.getFirst().body();
    assertThat(opening).contains("\"name\" : \"ReadPage\"", "Reads one page of the web", "exactly as it was offered")
        .contains("what costs its people time", "Nordkap Logistik GmbH", "typed in by hand")
        .as("what the lead says to machines").doesNotContain("Say yes");
    assertThat(MODEL.asked.get(1).body()).contains("<passage source=\\\"sandbox\\\">", "180 employees", "tool_call_id");
    assertThat(MODEL.asked.get(2).body()).contains("<passage source=\\\"" + FOUND);

    assertThat(camunda.newVariableSearchRequest().filter(any -> any.processInstanceKey(instance)).page(page -> page.limit(200))
        .execute().items()).as("what a model says that has read strangers' pages").hasSizeGreaterThan(5)
        .noneMatch(any -> any.getValue().contains("forward freight"));
    assertThat(variable(instance, "agentAnswer").path("calls").asInt()).isEqualTo(3);
    assertThat(variable(instance, "companyResearch").path("calls").asInt()).isEqualTo(3);
    assertThat(facts()).extracting(Fact::source).contains("sandbox", FOUND);
    assertThat(told("search-web").by()).isEqualTo("chooser");
    assertThat(told("read-page").text()).startsWith("Page " + FOUND + ": read, ");
    assertThat(told("research-company").text()).isEqualTo("Looked up 3 things.");
    assertThat(told("research-company").actor()).isEqualTo(Actor.MODEL);
    String entry = told("research-company").what();
    assertThat(asked.ofLead(told("research-company").leadId())).hasSize(3).allSatisfy(run ->
        assertThat(run.entry()).as("shown behind the line of the whole search").isEqualTo(entry));
    assertThat(asked.findByLeadIdAndStepAndTurnOfOrderByAt(
        told("research-company").leadId(), "run-agent", Long.parseLong(entry.substring("run-agent-".length())))).hasSize(3);
  }

  @Test
  void aToolThatIsDrawnIsOfferedToTheNextRun() throws Exception {
    redraw(drawn -> drawn.replace("</bpmn:adHocSubProcess>", SEARCH_NEWS));
    MODEL.calls("SearchNews", "{}", "RecallSeason", "{\"month\": \"October\"}").says("Enough.");
    long instance = start();
    ends(instance);

    assertThat(MODEL.asked.getFirst().body()).contains("Searches the web for news about the company.", "October");
    assertThat(completed(instance)).containsOnlyOnce("SearchNews", "RecallSeason");
    assertThat(MODEL.asked.get(1).body()).contains("Nordkap Logistik and its like plan budgets in October");
    assertThat(told("recall-season").text()).isEqualTo("“Recall the season” has answered.");
  }

  @Test
  void whatIsNotDrawnOrNotAskedForIsRefusedAndTheModelIsTold() {
    MODEL.calls("SendEmail", "{\"to\": \"x@y.example\"}")
        .calls("ReadPage", "{}")
        .calls("ReadPage", "{\"address\": \"https://evil.example/?q=secret\"}", "LookUpCrm", "{}", "Delete", "{}")
        .says("Enough.");
    long instance = start();
    ends(instance);

    assertThat(MODEL.asked.get(1).body()).contains("“SendEmail” is none of the tools", "LookUpCompany");
    assertThat(MODEL.asked.get(2).body()).contains("ReadPage needs address.");
    assertThat(MODEL.asked.get(3).body()).contains("Refused to read a page", "“Delete” is none of the tools");
    assertThat(completed(instance)).containsOnlyOnce("ReadPage", "LookUpCrm");
    assertThat(told("read-page").text()).startsWith("Refused to read a page").doesNotContain("evil");
    assertThat(told("research-company").details()).hasSize(3)
        .first().asString().startsWith("Refused: “SendEmail” is none of the tools");
  }

  @Test
  void whenTheModelSeesNoToolThatFitsAPersonGoesOn() {
    MODEL.calls("LookUpCompany", "{}").says("NONE.");
    long instance = start();
    UserTask task = byHand(instance);
    assertThat(task.getCandidateGroups()).containsExactly("sdr-reviewers");
    assertThatThrownBy(() -> complete(task, Map.of())).hasMessageContaining("Write down what you found");
    complete(task, Map.of("findings", "They opened a depot in Lübeck.\n\nThey look for a WMS.", "address", "news.example/1"));
    ends(instance);

    assertThat(facts()).extracting(Fact::quote)
        .contains("They opened a depot in Lübeck.", "They look for a WMS.", "Size of the company: 180 employees");
    assertThat(facts()).extracting(Fact::source).contains("https://news.example/1", "sandbox");
    assertThat(told("record-research").text()).isEqualTo("Robin found 2 things.");
    assertThat(told("research-company").text()).isEqualTo("Looked up one thing and gave up; a person goes on.");
    assertThat(variable(instance, "companyResearch").path("calls").asInt()).isEqualTo(2);
  }

  @Test
  void whenNobodyHasTimeTheLeadDoesNotWaitForEver() {
    MODEL.says("none");
    long instance = start();
    byHand(instance);
    engine.increaseTime(Duration.ofDays(2));
    ends(instance);

    assertThat(completed(instance)).contains("BoundaryEvent_NobodyHadTime", "KeepFindings");
    assertThat(variable(instance, "companyResearch").path("facts").asInt()).isZero();
  }

  @Test
  void whenTheModelFailsInTheMiddleThePlanFinishes() {
    MODEL.calls("LookUpCrm", "{}").hangsUp();
    long instance = start();
    ends(instance);

    assertThat(completed(instance)).containsOnlyOnce("LookUpCrm", "SearchWeb", "ReadPage", "LookUpCompany");
    assertThat(told("look-up-crm").by()).isEqualTo("chooser");
    assertThat(told("read-page").by()).isEqualTo("rules");
    assertThat(told("research-company").details()).singleElement().asString().endsWith("rules answered.");
    assertThat(variable(instance, "agentAnswer").path("source").asText()).isEqualTo("RULES");
  }

  @Test
  void anAnswerWithoutALookDoesNotCount() {
    MODEL.says("They are a rich company, I am sure.");
    long instance = start();
    ends(instance);

    assertThat(MODEL.asked).hasSize(1);
    assertThat(completed(instance)).containsOnlyOnce("SearchWeb", "ReadPage", "LookUpCrm", "LookUpCompany");
    assertThat(told("research-company").details()).first().asString().contains("without looking anything up");
  }

  @Test
  void tenQuestionsAreTheLimit() {
    MODEL.calls("LookUpCrm", "{}");
    long instance = start();
    ends(instance);

    assertThat(MODEL.asked).hasSize(10);
    assertThat(completed(instance)).filteredOn("LookUpCrm"::equals).hasSize(10);
    assertThat(completed(instance)).containsOnlyOnce("SearchWeb", "ReadPage", "LookUpCompany");
    assertThat(told("research-company").details()).containsExactly("The model was asked 10 times, which is the limit.");
  }

  @Test
  void aRunHasABudgetOfTokensAndMoney() throws Exception {
    redraw(drawn -> drawn.replace("=60000", "=1500"));
    MODEL.calls("LookUpCrm", "{}");
    long tokens = start();
    ends(tokens);
    assertThat(MODEL.asked).hasSize(2);
    assertThat(told("research-company").details())
        .containsExactly("The model has used 2,000 tokens; the limit is 1,500.");
    assertThat(completed(tokens)).contains("LookUpCompany");

    register();
    MODEL.reset();
    redraw(drawn -> drawn.replace("=0.20", "=0.03"));
    MODEL.calls("LookUpCrm", "{}"); // 900 in, 100 out: 0.012
    long money = start();
    ends(money);
    assertThat(MODEL.asked).hasSize(3);
    assertThat(told("research-company").details())
        .containsExactly("The model has cost 0.036; the limit is 0.03.");
  }

  @Test
  void aJobThatIsTakenBackWhileTheModelThinksBeginsAnewWithTheSameTranscript() throws Exception {
    redraw(drawn -> drawn.replace("</bpmn:adHocSubProcess>", SEARCH_NEWS));
    var started = new CompletableFuture<Long>();
    MODEL.calls("LookUpCompany", "{}")
        .calls("LookUpCrm", "{}").butFirst(() -> {
          long instance = started.join();
          camunda.newActivateAdHocSubProcessActivitiesCommand(agent(instance)).activateElement("RecallSeason").execute();
          await().until(() -> completed(instance).contains("RecallSeason"));
        })
        .calls("LookUpCrm", "{}")
        .says("Enough.");
    long instance = start();
    started.complete(instance);
    ends(instance);

    assertThat(MODEL.asked).hasSize(4);
    assertThat(MODEL.asked.get(2).body()).isEqualTo(MODEL.asked.get(1).body());
    assertThat(completed(instance)).containsOnlyOnce("LookUpCompany", "RecallSeason", "LookUpCrm");
    assertThat(told("research-company").text()).isEqualTo("Looked up 2 things.");
  }

  private String agent(long instance) {
    return Long.toString(camunda.newElementInstanceSearchRequest()
        .filter(element -> element.processInstanceKey(instance).elementId("ResearchCompany")
            .state(ElementInstanceState.ACTIVE))
        .execute().items().getFirst().getElementInstanceKey());
  }

  private UserTask byHand(long instance) {
    return await().atMost(PATIENCE).until(
        () -> camunda.newUserTaskSearchRequest()
            .filter(task -> task.processInstanceKey(instance).elementId("ResearchByHand")).execute().items().stream()
            .findFirst().orElse(null),
        task -> task != null);
  }

  private void complete(UserTask task, Map<String, Object> answer) {
    camunda.newAssignUserTaskCommand(task.getUserTaskKey()).assignee("Robin").execute();
    camunda.newCompleteUserTaskCommand(task.getUserTaskKey()).variables(answer).execute();
  }
}
