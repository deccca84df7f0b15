package dev.leadline;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Retention;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead.Start;
import dev.leadline.lead.Leads;
import dev.leadline.reading.Inbox;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.support.GenericApplicationContext;

/** The thinking steps with their rules and settings as delivered, without engine, database and internet. */
public final class ThinkingSteps implements AutoCloseable {

  public static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  private static final String[] REPOSITORIES = {
    "lead.Leads", "research.Dossiers", "qualify.Assessments", "outreach.Drafts", "timeline.TimelineEntries",
    "agent.tools.ReadingDocuments", "agent.tools.TranscriptDocuments",
    "growth.Growths", "plan.Plans", "meeting.Briefs", "meeting.HandTouches", "reading.UnderstoodReplies"
  };

  private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

  public ThinkingSteps() {
    this(ScriptedModel.none());
  }

  public ThinkingSteps(Agents agents) {
    this(agents, context -> {});
  }

  /** @param more beans that stand in for others, or come in addition */
  public ThinkingSteps(Agents agents, Consumer<? super GenericApplicationContext> more) {
    new ConfigDataApplicationContextInitializer().initialize(context);
    context.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
    context.registerBean(Agents.class, () -> agents);
    context.registerBean(InjectionGuard.class);
    context.registerBean(Retention.class, () -> new Retention(Duration.ofDays(90)));
    context.registerBean(Inbox.class);
    Arrays.stream(REPOSITORIES).forEach(this::remember);
    more.accept(context);
    context.register(Steps.class);
    context.refresh();
  }

  @Configuration
  @ComponentScan(
      basePackages = {
        "dev.leadline.research", "dev.leadline.qualify", "dev.leadline.outreach", "dev.leadline.timeline",
        "dev.leadline.agent.tools", "dev.leadline.growth", "dev.leadline.plan", "dev.leadline.meeting", "dev.leadline.reading",
        "dev.leadline.knowledge"
      },
      excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test.*"))
  @ConfigurationPropertiesScan({"dev.leadline.qualify", "dev.leadline.outreach"})
  static class Steps {}

  @SuppressWarnings("unchecked")
  private void remember(String name) {
    try {
      Class<Object> type = (Class<Object>) Class.forName("dev.leadline." + name);
      context.registerBean(name, type, () -> Memory.of(type));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  public Lead lead(String id) {
    return get(Leads.class).get(id);
  }

  public Dossier dossier(String leadId) {
    return get(Dossiers.class).get(leadId);
  }

  public Timeline timeline() {
    return get(Timeline.class);
  }

  /** A lead that has just been registered. */
  public Lead register(
      String id, String name, String company, String website, String jobTitle, String source, String description) {
    return register(id, name, company, website, jobTitle, source, description, id + "@lead.example");
  }

  public Lead register(
      String id, String name, String company, String website, String jobTitle, String source, String description,
      String email) {
    return get(Leads.class).save(new Lead(
        id, 0L, email, email, name, company, website, jobTitle, source, description, Start.STARTED, Stage.NEW,
        null, null, null, NOW, NOW));
  }

  @Override
  public void close() {
    context.close();
  }
}
