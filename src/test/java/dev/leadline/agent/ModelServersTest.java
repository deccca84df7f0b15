package dev.leadline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.agent.Answer.Source;
import dev.leadline.model.Call;
import dev.leadline.model.Fault;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings;
import dev.leadline.model.ModelSettings.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What models' servers do, well and badly, and what comes of it. */
class ModelServersTest extends RatedLeads {

  private static final String LEFT_ALONE =
      "The model is left alone for a while, because it failed too often just now or asked for it; rules answered.";

  private static final ObjectMapper JSON = new ObjectMapper();

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
  @CsvSource({"OPENAI, /max_completion_tokens", "ANTHROPIC, /max_tokens", "OLLAMA, /options/num_predict"})
  void whatIsConfiguredIsAskedForAsAWholeAndInAStream(Provider provider, String most) throws Exception {
    try (var server = new ModelServer(provider).saysEither(GOOD)) {
      var settings =
          new ModelSettings(provider, server.url(), "m", "k", Duration.ofSeconds(5), 0.3, 333, null, null, null);
      ask(settings);
      Call.watched(new Seen(), () -> ask(settings));

      assertThat(server.asked).hasSize(2);
      for (var asked : server.asked) {
        var body = JSON.readTree(asked.body());
        assertThat(body.path("model").asText()).isEqualTo("m");
        assertThat(body.at(most).asInt()).isEqualTo(333);
        assertThat((provider == Provider.OLLAMA ? body.path("options") : body).path("temperature").asDouble()).isEqualTo(0.3);
      }
    }
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
      var agents = agents(settings(Provider.OPENAI, server.url()));

      assertThat(ask(agents, "lead-1").note())
          .isEqualTo("The model takes no more questions at the moment (429); rules answered.");
      assertThat(ask(agents, "lead-2").note()).as("it has asked for a minute").isEqualTo(LEFT_ALONE);
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

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void anAnswerThatIsHalfOfItsProtocolMakesNoSense(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).answers(200, Map.of(), "{\"id\": \"c1\", \"choices\": [")) {
      assertThat(ask(settings(provider, server.url())).note())
          .isEqualTo("The model's answer made no sense; rules answered.");
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
      assertThat(last.note()).isEqualTo(LEFT_ALONE);
      assertThat(runs.getLast().attempts()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whoWaitsSeesTheAnswerGrow(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).streams(GOOD)) {
      var seen = new Seen();
      var answer = Call.watched(seen, () -> ask(settings(provider, server.url())));

      assertThat(answer.value()).isEqualTo(new Rating(70, "Asks for a date"));
      assertThat(seen.texts).hasSizeGreaterThan(2);
      assertThat(String.join("", seen.texts)).isEqualTo(GOOD);
      assertThat(seen.progress).containsExactly("asking m");
      assertThat(runs.getFirst().tokensIn()).isEqualTo(11);
      assertThat(runs.getFirst().tokensOut()).isEqualTo(7);
      assertThat(runs.getFirst().answer()).isEqualTo(GOOD);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aStreamThatBreaksOffIsNoAnswer(Provider provider) throws Exception {
    try (var server = new ModelServer(provider).breaksOff(GOOD)) {
      var answer = Call.watched(new Seen(), () -> ask(settings(provider, server.url())));

      assertThat(answer.note()).isEqualTo("The model's answer broke off; rules answered.");
      assertThat(runs.getFirst().error()).isEqualTo(Fault.BROKEN_OFF);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aStreamIsNoMorePatientThanAnAnswer(Provider provider) throws Exception {
    try (var busy = new ModelServer(provider).answers(429, Map.of("Retry-After", "0"), "{}").streams(GOOD);
        var broken = new ModelServer(provider).answers(500, Map.of(), "{}");
        var dripping = new ModelServer(provider).drips();
        var hanging = new ModelServer(provider).hangs()) {
      assertThat(Call.watched(new Seen(), () -> ask(settings(provider, busy.url()))).source()).isEqualTo(Source.MODEL);
      assertThat(Call.watched(new Seen(), () -> ask(settings(provider, broken.url()))).note())
          .isEqualTo("The model's server failed; rules answered.");
      for (var server : List.of(dripping, hanging))
        assertThat(Call.watched(new Seen(), () -> ask(settings(provider, server.url(), Duration.ofMillis(700)))).note())
            .isEqualTo("The model did not answer in 700 ms; rules answered.");
    }
  }

  @Test
  void aStreamThatWasRefusedIsNotKeptOpenWhileItIsAskedForAgain() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).isBusyAtLength().streams(GOOD)) {
      var answer = Call.watched(new Seen(), () -> ask(settings(Provider.OPENAI, server.url())));

      assertThat(answer.source()).isEqualTo(Source.MODEL);
      assertThat(server.leftAlone.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void moreQuestionsThanPlacesWaitTheirTurn() throws Exception {
    try (var server = new ModelServer(Provider.OPENAI).says(GOOD).after(Duration.ofMillis(50))) {
      var limits = new ModelLimits(
          "USD", Map.of(), new ModelLimits.Budgets(NO_BUDGET, NO_BUDGET), 2,
          new ModelLimits.Queue(5, Duration.ofMinutes(1)));
      var agents = agents(settings(Provider.OPENAI, server.url()), limits);
      Rater rater = agents.create("rate-lead", Rater.class);
      var answers = new ArrayList<CompletableFuture<Answer<Rating>>>();
      for (int i = 0; i < 20; i++)
        answers.add(CompletableFuture.supplyAsync(() -> rate(agents, rater), Thread::startVirtualThread));

      var bySource = answers.stream().map(CompletableFuture::join).collect(Collectors.groupingBy(Answer::source));
      assertThat(bySource.get(Source.MODEL)).hasSizeGreaterThanOrEqualTo(7);
      assertThat(bySource.get(Source.RULES)).isNotEmpty().allMatch(
          answer -> answer.note().equals("Too many questions were waiting for the model; rules answered."));
      assertThat(server.most.get()).isLessThanOrEqualTo(2);
      assertThat(runs.stream().filter(run -> run.waitedMillis() > 0)).isNotEmpty();
    }
  }

  private static final class Seen implements Call.Watcher {
    final List<String> progress = new ArrayList<>();
    final List<String> texts = new ArrayList<>();

    @Override
    public void progress(String what) {
      progress.add(what);
    }

    @Override
    public void text(String more) {
      texts.add(more);
    }
  }

  private Answer<Rating> rate(Agents agents, Rater rater) {
    return agents.ask("rate-lead", "lead-1", 42, () -> rater.rate(SECRET), () -> BY_RULES);
  }
}
