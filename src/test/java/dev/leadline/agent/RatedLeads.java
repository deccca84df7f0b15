package dev.leadline.agent;

import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings;
import dev.leadline.model.ModelSettings.Provider;
import dev.leadline.model.Models;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A step that rates leads, with a model behind a simulated server and the real adapters of all providers. */
abstract class RatedLeads {

  static final String SECRET = "Anna Berg wants 40 licences";
  static final String GOOD = "{\"points\": 70, \"why\": \"Asks for a date\"}";
  static final ModelLimits.Budget NO_BUDGET = new ModelLimits.Budget(null, null);
  static final Rating BY_RULES = new Rating(50, "rules");

  final List<AgentRun> runs = new CopyOnWriteArrayList<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

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

  Answer<Rating> ask(Agents agents, String leadId) {
    Rater rater = agents.create("rate-lead", Rater.class);
    return agents.ask("rate-lead", leadId, 42, () -> rater.rate(SECRET), () -> BY_RULES);
  }

  Agents agents(ModelSettings settings, ModelLimits limits) {
    return Thinking.agents(new Models(settings, limits, AgentConfiguration::none), runs::add, meters, limits);
  }

  Answer<Rating> ask(ModelSettings settings) {
    return ask(agents(settings), "lead-1");
  }

  Agents agents(ModelSettings settings) {
    return agents(settings, Thinking.limits());
  }

  static ModelSettings settings(Provider provider, URI url) {
    return settings(provider, url, Duration.ofSeconds(5));
  }

  static ModelSettings settings(Provider provider, URI url, Duration timeout) {
    return new ModelSettings(provider, url, "m", "top-secret-key", timeout, 0.2, null, null, null, null);
  }

  static ModelSettings settings(Provider provider, URI url, String name, String key) {
    return new ModelSettings(provider, url, name, key, null, null, null, null, null, null);
  }

  static URI nowhere() throws IOException {
    try (var free = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
    }
  }
}
