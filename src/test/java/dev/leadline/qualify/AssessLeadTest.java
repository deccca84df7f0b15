package dev.leadline.qualify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.qualify.Reading.Seniority;
import dev.leadline.research.Cited;
import dev.leadline.research.Researched;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessLeadTest {

  private static final ThinkingSteps RULES = new ThinkingSteps();

  @AfterAll
  static void close() {
    RULES.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "CEO | EXECUTIVE", "Chief Operating Officer | EXECUTIVE", "C.E.O. | EXECUTIVE", "coo | EXECUTIVE",
    "Co-Founder & CTO | EXECUTIVE", "Owner | EXECUTIVE", "Managing Director | EXECUTIVE", "General manager | EXECUTIVE",
    "Geschäftsführerin | EXECUTIVE", "GESCHÄFTSFÜHRER | EXECUTIVE", "Inhaber | EXECUTIVE", "Vorstand | EXECUTIVE",
    "PDG | EXECUTIVE", "Directrice générale | EXECUTIVE", "Directora General | EXECUTIVE", "Prezes | EXECUTIVE",
    "Head of Operations | HEAD", "VP Sales | HEAD", "Vice President, Logistics | HEAD", "Director of IT | HEAD",
    "Abteilungsleiter Einkauf | HEAD", "Leiterin Logistik | HEAD", "Directeur des opérations | HEAD",
    "Jefa de Compras | HEAD", "Plant manager | HEAD", "Direttore vendite | HEAD",
    "Operations Manager | MANAGER", "Team Lead Support | MANAGER", "Teamleiterin | MANAGER",
    "Deputy Director | MANAGER", "Responsable logistique | MANAGER", "Logistics coordinator | MANAGER",
    "Fleet supervisor | MANAGER", "Kierownik magazynu | MANAGER",
    "Executive Assistant to the CEO | CONTRIBUTOR", "Account Executive | CONTRIBUTOR",
    "Software Engineer | CONTRIBUTOR",
    "Sachbearbeiterin Auftragserfassung | CONTRIBUTOR", "Student | CONTRIBUTOR", "Praktikant | CONTRIBUTOR",
    "Acheteuse | CONTRIBUTOR", "Product Owner | CONTRIBUTOR", "Assistant to the managing director | CONTRIBUTOR",
    "Wizard | UNKNOWN", "n/a | UNKNOWN"
  })
  void jobTitlesTellHowSeniorSomebodyIs(String title, Seniority seniority) {
    assertThat(new JobTitles().of(title)).isEqualTo(seniority);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "budget | stated | We can spend under $5,000 on it.",
    "budget | stated | It should cost around $ 20k.",
    "budget | stated | We have a budget of 30.000 €.",
    "budget | stated | We are willing to spend what it takes.",
    "budget | stated | The budget has been approved by the board.",
    "budget | stated | Das Budget ist genehmigt.",
    "budget | likely | What are your prices?",
    "budget | likely | Was sind die Kosten?",
    "budget | none | We have no budget for this.",
    "budget | none | Wir haben kein Budget.",
    "budget | none | We do not have a budget yet.",
    "budget | unknown | Our orders are late.",
    "urgency | now | We need it by next week, it is urgent.",
    "urgency | now | We must have this immediately.",
    "urgency | now | Can we start this week?",
    "urgency | now | Wir brauchen das dringend.",
    "urgency | now | C'est urgent, dès que possible.",
    "urgency | quarter | We plan this for Q3 2026.",
    "urgency | quarter | It should run before the end of the year.",
    "urgency | quarter | Das soll bis Jahresende laufen.",
    "urgency | later | Something for next year, no rush.",
    "urgency | later | Not before 2028.",
    "urgency | unknown | Our orders are late.",
    "authority | decides | I can decide this alone.",
    "authority | decides | It comes from my budget.",
    "authority | decides | I'm authorized to sign.",
    "authority | decides | Die Entscheidung liegt bei mir.",
    "authority | influences | My boss asked me to find a tool.",
    "authority | influences | I am preparing a shortlist for the group.",
    "authority | none | I'm not asking for much, but it is not my decision.",
    "authority | unknown | We have three sites.",
    "need | explicit | We are looking for a tool that reads orders.",
    "need | explicit | Please send us a quote.",
    "need | explicit | Nous cherchons une solution.",
    "need | implied | Everything is typed in by hand.",
    "need | implied | Alles wird manuell erfasst.",
    "need | none | Just looking around.",
    "need | none | There is no project at the moment.",
    "need | unknown | Hello from Porto."
  })
  void phrasesAreGraded(String question, String grade, String sentence) {
    RULES.register("l1", "Anna Berg", "Acme", null, "Clerk", "Website form", sentence);
    Researched.by(RULES, "l1");

    assertThat(Assessed.by(RULES, "l1").answers()).containsEntry(question, grade);
  }

  @Test
  void everyKnownAnswerHasEvidence() {
    RULES.register(
        "l2", "Anna Berg", "Acme", null, "COO", "Website form",
        "We are a freight forwarder with a warehouse. We need a tool by next week, budget is approved.");
    var dossier = Researched.by(RULES, "l2");
    var assessment = Assessed.by(RULES, "l2");

    assertThat(assessment.answers().values()).doesNotContain("unknown");
    assertThat(assessment.evidence().keySet()).containsAll(assessment.answers().keySet());
    assessment.evidence().values().forEach(ids ->
        assertThat(ids).isNotEmpty().allSatisfy(id -> assertThat(dossier.fact(id)).isPresent()));
  }

  @Test
  void withoutAModelTheSellerIsToldWhyAndWhatToTalkAbout() {
    RULES.register(
        "l4", "Anna Berg", "Acme", null, "COO", "Website form",
        "We are a freight forwarder with a warehouse. We need a tool by next week. No budget yet.");
    var dossier = Researched.by(RULES, "l4");
    var assessment = Assessed.by(RULES, "l4");

    assertThat(assessment.reasoning()).startsWith("For: an industry we serve best, an executive writes");
    assertThat(assessment.reasoning()).contains("Against: says there is no budget");
    assertThat(assessment.engagement()).startsWith("Answer today.");
    assertThat(assessment.talkingPoints().getFirst().text()).startsWith("Start from what they ask for");
    assertThat(assessment.talkingPoints()).allSatisfy(point ->
        assertThat(point.facts()).isNotEmpty().allSatisfy(id -> assertThat(dossier.fact(id)).isPresent()));
    assertThat(assessment.talkingPoints()).noneMatch(point -> point.text().contains("what a first process costs"));
  }

  @Test
  void tooLittleIsNotJudged() {
    RULES.register("l3", "A B", "Acme", null, "Wizard", "Website form", "Hello.");
    Researched.by(RULES, "l3");

    assertThat(Assessed.by(RULES, "l3").abstained()).isTrue();
    assertThat(RULES.timeline().of("l3")).anySatisfy(entry ->
        assertThat(entry.text()).isEqualTo("Too little is known to judge this lead."));
  }

  @Test
  void theModelReadsTheDossierAndWhatItCannotProveIsUnknown() {
    var model = new ScriptedModel("""
        {"industryFit": "HIGH", "seniority": "HEAD", "need": "EXPLICIT", "budget": "STATED", "urgency": "NOW",
         "authority": "DECIDES", "evidence": [
           {"question": "industryFit", "facts": ["f1"]}, {"question": "seniority", "facts": ["f2"]},
           {"question": "need", "facts": ["f3", "f99"]}, {"question": "budget", "facts": ["f98"]},
           {"question": "urgency", "facts": []}],
         "reasoning": "They ask, and they lead.", "engagement": "Call them.", "talkingPoints": [
           {"text": "Speak of order entry.", "facts": ["f3", "f99"]},
           {"text": "Speak of their millions.", "facts": ["f98"]}, {"text": "Speak of the weather."}]}""");
    try (var steps = steps(model)) {
      var assessment = Assessed.by(steps, "l1");

      assertThat(assessment.talkingPoints())
          .containsExactly(new Cited("Speak of order entry.", List.of("f3")));
      assertThat(assessment.reasoning()).isEqualTo("They ask, and they lead.");
      assertThat(assessment.engagement()).isEqualTo("Call them.");

      assertThat(assessment.source()).isEqualTo(Source.MODEL);
      assertThat(assessment.answers().values())
          .containsExactly("high", "head", "explicit", "unknown", "unknown", "unknown");
      assertThat(assessment.evidence().get("need")).containsExactly("f3");
      assertThat(model.heard()).contains("<dossier>\nf1 (company)").contains("Logistics and transport, Manufacturing");
    }
  }

  @Test
  void rulesAnswerWhenTheModelDoesNotDare() {
    var model = new ScriptedModel("""
        {"industryFit": "UNKNOWN", "seniority": "UNKNOWN", "need": "UNKNOWN", "budget": "UNKNOWN",
         "urgency": "UNKNOWN", "authority": "UNKNOWN", "evidence": []}""");
    try (var steps = steps(model)) {
      var assessment = Assessed.by(steps, "l1");

      assertThat(assessment.source()).isEqualTo(Source.RULES);
      assertThat(assessment.abstained()).isFalse();
    }
  }

  @Test
  void rulesAnswerWhenTheModelMakesNoSense() {
    for (String nonsense : new String[] {
      "Certainly! The lead is great.", "{\"industryFit\": \"GREAT\"}", "{\"industryFit\": \"HIGH\"}",
      "{\"score\": 100}"
    }) {
      try (var steps = steps(new ScriptedModel(nonsense))) {
        assertThat(Assessed.by(steps, "l1").source()).as(nonsense).isEqualTo(Source.RULES);
        assertThat(steps.timeline().of("l1")).anySatisfy(entry ->
            assertThat(entry.details()).contains("The model's answer made no sense; rules answered."));
      }
    }
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model.agents());
    steps.register(
        "l1", "Anna Berg", "Acme", null, "Head of Operations", "Website form",
        "We are looking for help with order entry. We need it by next week.");
    Researched.by(steps, "l1");
    return steps;
  }
}
