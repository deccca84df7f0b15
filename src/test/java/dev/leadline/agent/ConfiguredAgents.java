package dev.leadline.agent;

import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings;
import dev.leadline.model.Models;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** The models of the steps as the application is configured: application.yaml, environment, system properties. */
public final class ConfiguredAgents {

  private final List<AgentRun> runs = new CopyOnWriteArrayList<>();
  private final ModelSettings settings;
  private final Agents agents;

  public ConfiguredAgents() {
    this(environment());
  }

  public ConfiguredAgents(Environment environment) {
    this.settings = Binder.get(environment).bindOrCreate("leadline.model", ModelSettings.class);
    var limits = Binder.get(environment).bindOrCreate("leadline.model", ModelLimits.class);
    this.agents = Thinking.agents(
        new Models(settings, limits, AgentConfiguration::none), runs::add, new SimpleMeterRegistry(), limits);
  }

  /** Steps that answer by their rules, whatever is configured. */
  public static ConfiguredAgents none() {
    return new ConfiguredAgents(new StandardEnvironment() {
      @Override
      protected void customizePropertySources(MutablePropertySources sources) {}
    });
  }

  private static Environment environment() {
    var context = new GenericApplicationContext();
    new ConfigDataApplicationContextInitializer().initialize(context);
    return context.getEnvironment();
  }

  public Agents agents() {
    return agents;
  }

  /** Every question to a model so far. */
  public List<AgentRun> runs() {
    return runs;
  }

  /** "rules", or which model answers a step. */
  public String of(String step) {
    var own = settings.of(step);
    return own.provider() == ModelSettings.Provider.NONE ? "rules" : own.provider() + " " + own.name();
  }
}
