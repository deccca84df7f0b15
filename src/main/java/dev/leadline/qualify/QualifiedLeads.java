package dev.leadline.qualify;

import io.micrometer.core.instrument.Metrics;

/** How many leads were found worth writing to, by a table or a person: leads_qualified_total in Prometheus. */
final class QualifiedLeads {

  private QualifiedLeads() {}

  /** @param route that was decided; what leads to no e-mail is not counted */
  static void count(String route) {
    if (route.equals("outreach") || route.equals("nurture"))
      Metrics.counter("leads.qualified", "route", route).increment();
  }
}
