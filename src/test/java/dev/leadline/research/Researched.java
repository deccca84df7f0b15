package dev.leadline.research;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import java.util.List;

/** Lets the step research-lead run, for tests of the steps after it. */
public final class Researched {

  private Researched() {}

  public static Dossier by(ThinkingSteps steps, String leadId) {
    steps.get(ResearchLead.class).handle(new ResearchLead.Input(leadId), leadId.hashCode());
    return steps.dossier(leadId);
  }

  /** Adds what a tool has read, as the step keep-findings does. */
  public static Dossier keeping(ThinkingSteps steps, String leadId, List<Passage> passages) {
    long run = leadId.hashCode();
    steps.get(Readings.class).keep(run, run, leadId, Brought.passages("Found something.", passages));
    steps.get(KeepFindings.class).handle(new KeepFindings.Input(leadId), run, run);
    return steps.dossier(leadId);
  }
}
