package dev.leadline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.leadline.agent.Answer.Source;
import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.Fault;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings;
import dev.leadline.model.ModelSettings.Provider;
import dev.leadline.model.Models;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AgentsTest extends RatedLeads {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void theModelAnswersAndTheRunIsRecorded(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).says(GOOD)) {
      var answer = ask(settings(provider, server.url()));

      assertThat(answer).isEqualTo(new Answer<>(new Rating(70, "Asks for a date"), Source.MODEL, "m", null));
      assertThat(server.asked).hasSize(1);
      assertThat(server.asked.getFirst().body()).contains(SECRET).contains("\"m\"");
      var run = runs.getFirst();
      assertThat(run.step()).isEqualTo("rate-lead");
      assertThat(run.leadId()).isEqualTo("lead-1");
      assertThat(run.jobKey()).isEqualTo(42);
      assertThat(run.source()).isEqualTo(Source.MODEL);
      assertThat(run.tokensIn()).isEqualTo(11);
      assertThat(run.tokensOut()).isEqualTo(7);
      assertThat(run.attempts()).isEqualTo(1);
      assertThat(run.error()).isNull();
      assertThat(run.question()).contains("Rate this: <name> wants 40 licences").doesNotContain("Anna", "Berg");
      assertThat(run.answer()).isEqualTo(GOOD);
      assertThat(meters.get("agent.response.duration").tag("source", "MODEL").timer().count()).isEqualTo(1);
      assertThat(meters.get("agent.tokens").tag("kind", "out").counter().count()).isEqualTo(7);
      assertThat(meters.get("agent.success").tag("agent_type", "rate-lead").counter().count()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void rulesAnswerWhenTheModelMakesNoSense(Provider provider, CapturedOutput output) throws Exception {
    for (String nonsense : List.of(
        "{\"points\": 700, \"why\": \"" + SECRET + "\"}", "{\"points\": \"many\"}", "{\"points\": 70}", "[]", "{}",
        "null", "I think " + SECRET + " is a promising lead.", "{\"points\": 70, \"why\":")) {
      try (var server = new ModelServer(provider).says(nonsense)) {
        var answer = ask(settings(provider, server.url()));

        assertThat(answer.source()).as(nonsense).isEqualTo(Source.RULES);
        assertThat(answer.value()).isEqualTo(BY_RULES);
        assertThat(answer.note()).isEqualTo("The model's answer made no sense; rules answered.");
      }
    }
    assertThat(runs).allMatch(run -> run.source() == Source.RULES && run.error() != null);
    assertThat(output.toString()).doesNotContain("Anna Berg").doesNotContain("top-secret-key");
    assertThat(runs.toString()).doesNotContain("top-secret-key");
    assertThat(meters.get("agent.errors").tag("error_code", "NONSENSE").counter().count()).isEqualTo(8);
  }

  @Test
  void withoutAModelRulesAnswerAndNothingIsCalledRecordedOrLogged(CapturedOutput output) {
    var agents = agents(settings(null, null, null, null));
    Rater rater = agents.create("rate-lead", Rater.class);

    var answer = agents.ask("rate-lead", "lead-1", 42, () -> rater.rate(SECRET), () -> BY_RULES);

    assertThat(answer).isEqualTo(Answer.byRules(BY_RULES));
    assertThat(runs).isEmpty();
    assertThat(meters.get("agent.requests").counter().count()).isEqualTo(1);
    assertThat(output.getAll()).doesNotContain("rate-lead");
  }

  @Test
  void aStepMayHaveAModelOfItsOwn() throws Exception {
    try (var common = new ModelServer(Provider.OPENAI).says(GOOD);
        var own = new ModelServer(Provider.OLLAMA).says(GOOD)) {
      var settings = new ModelSettings(
          Provider.OPENAI, common.url(), "m", "top-secret-key", Duration.ofSeconds(5), null, null, null, null,
          Map.of("ratelead", settings(Provider.OLLAMA, own.url(), "small", null)));

      assertThat(ask(settings).by()).isEqualTo("small");
      assertThat(common.asked).isEmpty();
      assertThat(own.asked.getFirst().headers().toString()).doesNotContain("top-secret-key");
    }
  }

  @Test
  void anIncompleteConfigurationSaysWhatIsMissing() {
    assertThatThrownBy(() -> ask(settings(Provider.OPENAI, null, null, "k")))
        .hasMessageContaining("leadline.model.name");
    assertThatThrownBy(() -> ask(settings(Provider.ANTHROPIC, null, "m", null)))
        .hasMessageContaining("LEADLINE_MODEL_APIKEY");
    assertThatThrownBy(() -> settings(Provider.OPENAI, null, Duration.ofMinutes(2))).hasMessageContaining("50 s");
    assertThat(settings(Provider.OPENAI, null).toString()).doesNotContain("top-secret-key");
  }

  @Test
  void aCallCostsWhatItsTokensCost() throws Exception {
    try (var openai = new ModelServer(Provider.OPENAI).answers(200, Map.of(), """
            {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"{\\"points\\":70,\\"why\\":\\"f2\\"}"}}],"usage":{"prompt_tokens":1000,
            "completion_tokens":10,"total_tokens":1010,"prompt_tokens_details":{"cached_tokens":600}}}""");
        var anthropic = new ModelServer(Provider.ANTHROPIC).answers(200, Map.of(), """
            {"id":"m1","type":"message","role":"assistant","model":"m","stop_reason":"end_turn",
            "content":[{"type":"text","text":"{\\"points\\":70,\\"why\\":\\"f2\\"}"}],"usage":{"input_tokens":100,
            "cache_read_input_tokens":600,"cache_creation_input_tokens":300,"output_tokens":10}}""")) {
      var limits = Thinking.limits(
          Map.of("m", new ModelLimits.Price(2, 10, 0.5, 2.5)), NO_BUDGET, NO_BUDGET);
      ask(agents(settings(Provider.OPENAI, openai.url()), limits), "lead-1");
      ask(agents(settings(Provider.ANTHROPIC, anthropic.url()), limits), "lead-1");

      assertThat(runs).allMatch(run -> run.tokensIn() == 1000 && run.tokensCached() == 600 && run.tokensOut() == 10);
      assertThat(runs.getFirst().cost()).isEqualTo(400 * 2 + 600 / 2 + 10 * 10);
      assertThat(runs.getLast().cost()).isEqualTo(100 * 2 + 600 / 2 + 300 * 5 / 2 + 10 * 10);
      assertThat(runs.getFirst().money()).isEqualTo("0.0012 USD");
      assertThat(runs.getFirst().evidence()).containsExactly("f2");
    }
  }

  @Test
  void aBudgetThatIsUsedUpLeavesTheRules() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).says(GOOD)) {
      var perLead = agents(settings(Provider.OPENAI, server.url()),
          Thinking.limits(Map.of(), new ModelLimits.Budget(null, 30L), NO_BUDGET));
      assertThat(ask(perLead, "lead-1").source()).isEqualTo(Source.MODEL);
      assertThat(ask(perLead, "lead-1").source()).isEqualTo(Source.MODEL);
      assertThat(ask(perLead, "lead-1").note()).isEqualTo("The budget for this lead is used up; rules answered.");
      assertThat(ask(perLead, "lead-2").source()).isEqualTo(Source.MODEL);
      assertThat(server.asked).hasSize(3);

      var perDay = agents(settings(Provider.OPENAI, server.url()), Thinking.limits(
          Map.of("m", new ModelLimits.Price(1000, 1000, null, null)), NO_BUDGET, new ModelLimits.Budget(0.02, null)));
      assertThat(ask(perDay, "lead-1").source()).isEqualTo(Source.MODEL);
      assertThat(ask(perDay, "lead-2").source()).isEqualTo(Source.MODEL);
      assertThat(ask(perDay, "lead-3").note()).isEqualTo("The budget for today is used up; rules answered.");
      assertThat(runs.getLast().error()).isEqualTo(Fault.DAY_BUDGET);
      assertThat(runs.getLast().attempts()).isZero();
    }
    assertThatThrownBy(() -> ask(agents(settings(Provider.OPENAI, nowhere()),
            Thinking.limits(Map.of(), new ModelLimits.Budget(1.0, null), NO_BUDGET)), "lead-1"))
        .hasMessageContaining("leadline.model.prices has no price of m");
  }

  @Test
  void aConfigurationHoldsFromTheNextQuestionOn() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).says(GOOD)) {
      var now = new AtomicReference<>(AgentConfiguration.none("rate-lead"));
      var models = new Models(settings(Provider.OPENAI, server.url()), Thinking.limits(), step -> now.get());
      var agents = Thinking.agents(models, runs::add, meters, Thinking.limits());
      Seller seller = agents.create("rate-lead", Seller.class);

      rate(agents, seller);
      now.set(new AgentConfiguration(
          "rate-lead/1", "rate-lead", 1, true, "other", 0.9, 7, 500, null, "short", "Maja", null));
      rate(agents, seller);
      now.set(new AgentConfiguration(
          "rate-lead/2", "rate-lead", 2, true, null, null, null, null, 40L, null, "Maja", null));
      rate(agents, seller);
      var overBudget = rate(agents, seller);
      now.set(new AgentConfiguration(
          "rate-lead/3", "rate-lead", 3, false, null, null, null, null, null, null, "Maja", null));
      var off = rate(agents, seller);

      assertThat(server.asked).hasSize(3);
      assertThat(server.asked.get(0).body()).contains("\"m\"", "Rate this: ", "0.2");
      assertThat(server.asked.get(1).body())
          .contains("\"other\"", "In one word, how good is <lead>" + SECRET, "0.9", "500")
          .doesNotContain("Rate this");
      assertThat(runs.get(1).variant()).isEqualTo("short");
      assertThat(runs.get(1).prompt()).isNotBlank().isNotEqualTo(runs.get(0).prompt());
      assertThat(overBudget.note()).isEqualTo("This agent's tokens for today are used up; rules answered.");
      assertThat(off).isEqualTo(Answer.byRules(BY_RULES));
    }
  }

  @Test
  void whatIsTheSameForAllLeadsComesFirst() throws Exception {
    try (var server = new ModelServer(Provider.ANTHROPIC).says(GOOD)) {
      var agents = agents(settings(Provider.ANTHROPIC, server.url()));
      Seller seller = agents.create("rate-lead", Seller.class);
      for (String lead : List.of("one lead", "another lead"))
        agents.ask("rate-lead", "lead-1", 42, () -> seller.rate("Harbor", lead), () -> BY_RULES);

      var first = JSON.readTree(server.asked.get(0).body()).path("system");
      assertThat(first).isEqualTo(JSON.readTree(server.asked.get(1).body()).path("system"));
      assertThat(first.toString()).contains("You rate leads for Harbor.", "\"cache_control\":{\"type\":\"ephemeral\"}");
    }
  }

  @Test
  void whatIsKeptIsRedacted() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI)
        .says("{\"points\": 70, \"why\": \"anna@berg.example called from +49 30 12345678\"}")) {
      var agents = agents(settings(Provider.OPENAI, server.url()));
      Rater rater = agents.create("rate-lead", Rater.class);
      var answer = agents.ask(
          "rate-lead", "lead-1", 42, () -> rater.rate("I am anna@berg.example, key sk-abcdefghijklmnop"), () -> BY_RULES);

      assertThat(answer.value().why()).contains("anna@berg.example");
      assertThat(runs.getFirst().question()).isEqualTo("Rate this: I am <address>, key <key>");
      assertThat(runs.getFirst().answer()).contains("<address> called from <phone>").doesNotContain("anna@");
    }
  }

  interface Seller {
    @SystemMessage(fromResource = "/prompts/rate-lead.system.md")
    @UserMessage(fromResource = "/prompts/rate-lead.user.md")
    Rating rate(@V("seller") String seller, @V("text") String text);
  }

  private Answer<Rating> rate(Agents agents, Seller seller) {
    return agents.ask("rate-lead", "lead-1", 42, () -> seller.rate("Harbor", SECRET), () -> BY_RULES);
  }
}
