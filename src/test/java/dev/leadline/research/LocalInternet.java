package dev.leadline.research;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.agent.tools.Readings;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Leads;
import java.net.InetAddress;
import java.time.Clock;

/** An internet whose every name leads to this machine: steps read recorded pages over HTTP, as they read real ones. */
public final class LocalInternet implements AutoCloseable {

  private final HttpWebsite http =
      new HttpWebsite(host -> new InetAddress[] {InetAddress.getLoopbackAddress()}, 20_000);
  private final ThinkingSteps steps;
  private final SiteTour tours;

  public LocalInternet(ThinkingSteps steps) {
    this.steps = steps;
    this.tours = new SiteTour(
        http, steps.get(RecordedWebsite.class), steps.get(SiteRules.class), steps.get(InjectionGuard.class));
  }

  /** Lets the step research-lead run. @return how many facts it found */
  public int researched(String leadId) {
    var step = new ResearchLead(
        steps.get(Leads.class), steps.get(Dossiers.class), tours, steps.get(SiteRules.class),
        steps.get(FactsByRules.class), steps.get(InjectionGuard.class), steps.get(Agents.class), steps.timeline(),
        steps.get(Clock.class));
    return step.handle(new ResearchLead.Input(leadId), leadId.hashCode()).research().facts();
  }

  /** The tool read-page. */
  public ReadPage readPage() {
    return new ReadPage(steps.get(Leads.class), steps.get(Readings.class), tours);
  }

  @Override
  public void close() {
    http.close();
  }
}
