package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.ThinkingSteps;
import dev.leadline.growth.Analysed;
import dev.leadline.lead.Lead;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafted;
import dev.leadline.outreach.Email;
import dev.leadline.plan.Plan;
import dev.leadline.plan.Planned;
import dev.leadline.plan.Touches;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The twenty sample leads, by rules and tables alone. */
class SampleLeadsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ThinkingSteps STEPS = new ThinkingSteps();
  private static final Map<String, Lead> LEADS = new LinkedHashMap<>();
  private static final Map<String, String> ROUTES = new LinkedHashMap<>();
  private static final Map<String, String> TIERS = new LinkedHashMap<>();

  @BeforeAll
  static void route() throws Exception {
    for (JsonNode json : JSON.readTree(SampleLeadsTest.class.getResource("/samples/leads.json"))) {
      String id = json.get("email").asText().replaceAll("@.*", "");
      LEADS.put(id, STEPS.register(
          id, json.get("name").asText(), json.get("company").asText(), json.get("website").asText(),
          json.get("jobTitle").asText(), json.get("leadSource").asText(), json.get("projectDescription").asText()));
      Researched.by(STEPS, id);
      ROUTES.put(id, routeOf(id));
    }
  }

  @AfterAll
  static void close() {
    STEPS.close();
  }

  private static String routeOf(String id) {
    var assessed = Assessed.by(STEPS, id);
    Map<String, Object> assessment = new HashMap<>(assessed.answers());
    assessment.put("abstained", assessed.abstained());
    var score = Decision.named("lead-score")
        .answer(Map.of("assessment", assessment, "growth", Analysed.by(STEPS, id).answers()));
    TIERS.put(id, score.get("tier").toString());
    var routing = Decision.named("lead-routing").answer(Map.of("assessment", assessment, "score", score));
    return routing.get("route").toString();
  }

  @Test
  void theySpreadOverAllWays() {
    assertThat(ROUTES).hasSize(20);
    var counts = ROUTES.values().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(counts).isEqualTo(Map.of("outreach", 9L, "nurture", 5L, "person", 3L, "close", 3L));
  }

  @Test
  void everyFactIsProvenByItsSource() {
    for (Lead lead : LEADS.values()) {
      assertThat(STEPS.dossier(lead.id()).facts()).isNotEmpty().allSatisfy(fact -> {
        assertThat(fact.date()).isEqualTo("2026-03-02");
        assertThat(fact.quote()).isNotBlank().hasSizeLessThanOrEqualTo(300);
        if (fact.source().equals(Fact.OWN_WORDS))
          assertThat(lead.company() + lead.jobTitle() + lead.projectDescription()).contains(fact.quote());
        else assertThat(fact.source()).startsWith("https://" ).contains(".example");
      });
    }
  }

  @Test
  void everyDraftHoldsAndIsAboutItsLead() {
    ROUTES.forEach((id, route) -> {
      if (!route.equals("outreach") && !route.equals("nurture")) return;
      Campaign campaign = Campaign.valueOf(route.toUpperCase(Locale.ROOT));
      var plan = Planned.by(STEPS, id, route);
      Draft draft = Drafted.by(STEPS, id, campaign, touches(id, plan));

      assertThat(draft.problems()).as(id).isEmpty();
      assertThat(draft.emails()).extracting(Email::after).isEqualTo(campaign == Campaign.OUTREACH
          ? List.of("PT0S", "P3D", "P5D")
          : List.of("PT0S", plan.origin().equals("event") ? "P4D" : "P7D", "P14D", "P21D"));
      assertThat(draft.emails().getFirst().facts()).as(id).isNotEmpty();
      assertThat(draft.emails().getFirst().body())
          .contains("You wrote: “")
          .contains(quotes(id, draft.emails().getFirst()).getFirst());
      for (Email email : draft.emails()) {
        String[] parts = email.body().split("\n\n");
        assertThat(parts[0]).as(id).matches("Hi \\p{Lu}[\\p{L}-]+,");
        assertThat(parts[parts.length - 1]).endsWith("Alex Morgan\nAccount executive, Harbor Automation");
        assertThat(email.body().split("\\s+").length).as(email.body()).isBetween(30, 140);
        assertThat(parts[parts.length - 2]).as(email.body()).contains("?");
        assertThat(email.subject()).hasSizeBetween(10, 70);
        assertThat(email.body()).doesNotContain("{{").doesNotContain("null").doesNotContain("..");
      }
    });
  }

  private static Touches touches(String id, Plan plan) {
    return JSON.convertValue(
        Decision.named("touch-plan").answer(Map.of(
            "campaign", plan.campaign(), "score", Map.of("tier", TIERS.get(id)),
            "plan", Map.of("approach", plan.approach(), "origin", plan.origin()))),
        Touches.class);
  }

  @Test
  void everyLeadHasTalkingPointsThatItsFactsProve() {
    for (String id : LEADS.keySet()) {
      var dossier = STEPS.dossier(id);
      var assessed = Assessed.by(STEPS, id);
      assertThat(assessed.engagement()).as(id).isNotBlank();
      assertThat(assessed.talkingPoints()).as(id).allSatisfy(point ->
          assertThat(point.facts()).isNotEmpty().allSatisfy(fact -> assertThat(dossier.fact(fact)).isPresent()));
      if (ROUTES.get(id).equals("outreach")) assertThat(assessed.talkingPoints()).as(id).hasSizeGreaterThan(2);
    }
  }

  @Test
  void whatAPageSaysToMachinesGoesNowhere() {
    String injected = LEADS.keySet().stream().filter(id -> id.startsWith("omar")).findFirst().orElseThrow();

    var dossier = STEPS.dossier(injected);
    assertThat(dossier.facts()).extracting(Fact::quote).asString().doesNotContain("5,000,000").doesNotContainIgnoringCase("instructions");
    assertThat(dossier.taints()).hasSize(2).allSatisfy(taint -> assertThat(taint).startsWith("https://"));
    assertThat(dossier.visits()).anySatisfy(visit -> assertThat(visit.outcome()).contains("machines"));
    assertThat(Assessed.by(STEPS, injected).answers()).containsEntry("budget", "likely");
  }

  private static List<String> quotes(String id, Email email) {
    var dossier = STEPS.dossier(id);
    return email.facts().stream().map(fact -> dossier.fact(fact).orElseThrow().quote()).toList();
  }
}
