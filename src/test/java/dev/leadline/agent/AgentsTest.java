package dev.leadline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ModelSettings.Provider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AgentsTest {

  private static final String SECRET = "Anna Berg wants 40 licences";
  private static final String GOOD = "{\"points\": 70, \"why\": \"Asks for a date\"}";
  private static final Rating BY_RULES = new Rating(50, "rules");

  private final List<AgentRun> runs = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  interface Rater {
    @UserMessage("Rate this: {{text}}")
    Rating rate(@V("text") String text);
  }

  record Rating(int points, String why) {
    Rating {
      if (points < 0 || points > 100) throw new IllegalArgumentException("points must be 0..100");
      if (why == null) throw new IllegalArgumentException("no reason");
    }
  }

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
      assertThat(run.question()).contains("Rate this").contains(SECRET);
      assertThat(run.answer()).isEqualTo(GOOD);
      assertThat(meters.get("agent.response.duration").tag("source", "MODEL").timer().count()).isEqualTo(1);
      assertThat(meters.get("agent.tokens").tag("kind", "out").counter().count()).isEqualTo(7);
      assertThat(meters.get("agent.success").tag("agent_type", "rate-lead").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void eachProviderIsAskedItsOwnWay() throws Exception {
    try (var openai = new ModelServer(Provider.OPENAI).says(GOOD);
        var anthropic = new ModelServer(Provider.ANTHROPIC).says(GOOD);
        var ollama = new ModelServer(Provider.OLLAMA).says(GOOD)) {
      ask(settings(Provider.OPENAI, openai.url()));
      ask(settings(Provider.ANTHROPIC, anthropic.url()));
      ask(settings(Provider.OLLAMA, ollama.url()));

      assertThat(openai.asked.getFirst().path()).isEqualTo("/v1/chat/completions");
      assertThat(openai.asked.getFirst().headers().getFirst("Authorization")).isEqualTo("Bearer top-secret-key");
      assertThat(openai.asked.getFirst().body()).contains("json_schema").contains("\"points\"");
      assertThat(anthropic.asked.getFirst().path()).isEqualTo("/v1/messages");
      assertThat(anthropic.asked.getFirst().headers().getFirst("x-api-key")).isEqualTo("top-secret-key");
      assertThat(ollama.asked.getFirst().path()).isEqualTo("/api/chat");
      assertThat(ollama.asked.getFirst().body()).contains("\"format\"").contains("\"points\"");
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

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBusyServerIsAskedAgainWhenItSaysSo(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).answers(429, Map.of("Retry-After", "1"), "{}").says(GOOD)) {
      var answer = ask(settings(provider, server.url()));

      assertThat(answer.source()).isEqualTo(Source.MODEL);
      assertThat(runs.getFirst().attempts()).isEqualTo(2);
      assertThat(runs.getFirst().latencyMillis()).isGreaterThanOrEqualTo(1_000);
    }
  }

  @Test
  void aServerThatIsBusyForLongIsNotWaitedFor() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).answers(429, Map.of("Retry-After", "60"), "{}")) {
      var answer = ask(settings(Provider.OPENAI, server.url()));

      assertThat(answer.note()).isEqualTo("The model takes no more questions at the moment (429); rules answered.");
      assertThat(server.asked).hasSize(1);
      assertThat(runs.getFirst().latencyMillis()).isLessThan(10_000);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBrokenServerIsAskedTwice(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).answers(500, Map.of(), "{\"error\":\"" + SECRET + "\"}")) {
      var answer = ask(settings(provider, server.url()));

      assertThat(answer.note()).isEqualTo("The model's server failed; rules answered.");
      assertThat(server.asked).hasSize(2);
      assertThat(runs.getFirst().attempts()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aServerThatHangsIsLeftInTime(Provider provider) throws Exception {
    try (var hanging = new ModelServer(provider).hangs();
        var dripping = new ModelServer(provider).drips()) {
      for (var server : List.of(hanging, dripping)) {
        var answer = ask(settings(provider, server.url(), Duration.ofMillis(700)));

        assertThat(answer.source()).isEqualTo(Source.RULES);
        assertThat(answer.note()).isEqualTo("The model did not answer in 700 ms; rules answered.");
        assertThat(server.asked).hasSize(1);
      }
      assertThat(runs).allMatch(run -> run.latencyMillis() < 5_000);
    }
  }

  @Test
  void aServerThatIsNotThereOrHangsUpIsNoIncident() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).hangsUp()) {
      assertThat(ask(settings(Provider.OPENAI, server.url())).note())
          .isEqualTo("The model could not be reached; rules answered.");
    }
    assertThat(ask(settings(Provider.OPENAI, nowhere())).note())
        .isEqualTo("The model could not be reached; rules answered.");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void aRefusalIsNotRepeated(int status) throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).answers(status, Map.of(), "{}")) {
      assertThat(ask(settings(Provider.OPENAI, server.url())).source()).isEqualTo(Source.RULES);
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void aServerThatKeepsFailingIsLeftAlone() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).answers(503, Map.of("Retry-After", "0"), "{}")) {
      var agents = agents(settings(Provider.OPENAI, server.url()));
      Rater rater = agents.create("rate-lead", Rater.class);
      Answer<Rating> last = null;
      for (int i = 0; i < 12; i++)
        last = agents.ask("rate-lead", "lead-1", 42, () -> rater.rate(SECRET), () -> BY_RULES);

      assertThat(server.asked.size()).isBetween(5, 10);
      assertThat(last.note())
          .isEqualTo("The model failed too often just now and is left alone for a while; rules answered.");
      assertThat(runs.getLast().attempts()).isZero();
    }
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

  private Answer<Rating> ask(ModelSettings settings) {
    var agents = agents(settings);
    Rater rater = agents.create("rate-lead", Rater.class);
    return agents.ask("rate-lead", "lead-1", 42, () -> rater.rate(SECRET), () -> BY_RULES);
  }

  private Agents agents(ModelSettings settings) {
    var models = new Models(settings, Thinking.limits(), AgentConfiguration::none);
    return Thinking.agents(models, runs::add, meters, Thinking.limits());
  }

  private static ModelSettings settings(Provider provider, URI url) {
    return settings(provider, url, Duration.ofSeconds(5));
  }

  private static ModelSettings settings(Provider provider, URI url, Duration timeout) {
    return new ModelSettings(provider, url, "m", "top-secret-key", timeout, 0.2, null, null, null, null);
  }

  private static ModelSettings settings(Provider provider, URI url, String name, String key) {
    return new ModelSettings(provider, url, name, key, null, null, null, null, null, null);
  }

  private static URI nowhere() throws IOException {
    try (var free = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
    }
  }
}
