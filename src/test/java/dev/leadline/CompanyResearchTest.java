package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.research.Fact;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Company research when there is no model: the plan in the table says what is looked up. */
@JourneyTest
class CompanyResearchTest extends ResearchRuns {

  @Test
  void withoutAModelThePlanIsFollowed() {
    long instance = start();
    ends(instance);

    assertThat(completed(instance)).containsOnlyOnce("SearchWeb", "ReadPage", "LookUpCrm", "LookUpCompany");
    assertThat(variable(instance, "companyResearch").path("source").asText()).isEqualTo("RULES");
    assertThat(variable(instance, "companyResearch").path("calls").asInt()).isEqualTo(4);
    assertThat(variable(instance, "companyResearch").path("facts").asInt()).isEqualTo(facts().size()).isPositive();
    assertThat(variable(instance, "agentAnswer").path("source").asText()).isEqualTo("RULES");
    assertThat(facts()).extracting(Fact::kind).contains("industry", "size");
    assertThat(facts()).allSatisfy(fact -> assertThat(fact.id()).startsWith("c"));
    assertThat(told("search-web").text()).startsWith("Searched the web for “Nordkap Logistik products customers news”");
    assertThat(told("search-web").actor()).isEqualTo(Actor.RULES);
    assertThat(told("look-up-crm").text()).isEqualTo("Looked into the CRM: neither lead nor company are known.");
    assertThat(told("research-company").text()).isEqualTo("Looked up 4 things.");
    assertThat(told("research-company").details()).isEmpty();
  }

  @Test
  void aToolThatIsDrawnAndPlannedIsUsedByTheNextRun() throws Exception {
    redraw(drawn -> drawn.replace("</bpmn:adHocSubProcess>", SEARCH_NEWS));
    var plan = Files.readString(Path.of("bpmn/research-plan.dmn"));
    camunda.newDeployResourceCommand().addResourceStringUtf8(
        plan.replace("\"LookUpCrm\"", "\"SearchNews\"").replace("\"LookUpCompany\"", "\"Telephone\""),
        "research-plan.dmn").execute();

    long instance = start();
    ends(instance);

    assertThat(completed(instance)).containsOnlyOnce("SearchWeb", "ReadPage", "SearchNews")
        .doesNotContain("LookUpCrm", "LookUpCompany", "RecallSeason");
    assertThat(told("search-news").text()).startsWith("Searched the web for “Nordkap Logistik opened new warehouse”");
    assertThat(told("research-company").details()).containsExactly("The plan names “Telephone”, which is not drawn.");
  }
}
