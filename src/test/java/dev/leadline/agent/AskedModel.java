package dev.leadline.agent;

import dev.leadline.model.ModelSettings.Provider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** A model behind a simulated server that speaks OpenAI's protocol; the real adapter asks it. */
public final class AskedModel implements AutoCloseable {

  private final ModelServer server;
  private final ConfiguredAgents agents;

  /** @param answers from the body of the request to what the model says */
  public AskedModel(UnaryOperator<String> answers) throws IOException {
    this.server = new ModelServer(Provider.OPENAI).says(answers);
    Map<String, Object> settings = Map.of(
        "leadline.model.provider", "openai", "leadline.model.name", "asked",
        "leadline.model.base-url", server.url().toString(), "leadline.model.timeout", "10s",
        "leadline.model.prices.asked.in", "0.4", "leadline.model.prices.asked.out", "1.6");
    this.agents = new ConfiguredAgents(new StandardEnvironment() {
      @Override
      protected void customizePropertySources(MutablePropertySources sources) {
        sources.addFirst(new MapPropertySource("asked", settings));
      }
    });
  }

  public ConfiguredAgents configured() {
    return agents;
  }

  public Agents agents() {
    return agents.agents();
  }

  /** The bodies of all requests. */
  public List<String> heard() {
    return server.asked.stream().map(ModelServer.Asked::body).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
