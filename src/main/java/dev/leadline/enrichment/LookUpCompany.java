package dev.leadline.enrichment;

import dev.leadline.agent.tools.Found;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Company;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Tool: what providers of company data know about the lead's company. */
@Component
public class LookUpCompany {

  private final CompanyLookup companies;
  private final Leads leads;
  private final Readings readings;

  LookUpCompany(CompanyLookup companies, Leads leads, Readings readings) {
    this.companies = companies;
    this.leads = leads;
    this.readings = readings;
  }

  @JobWorker(type = "look-up-company")
  public Found handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @ElementInstanceKey long call) {
    return readings.keep(run, call, input.leadId(), lookUp(Company.of(leads.get(input.leadId()))));
  }

  private Brought lookUp(Company company) {
    if (company.domain() == null) return Brought.nothing("Without a website the company cannot be looked up.");
    try {
      var passages = companies.company(company.domain()).stream()
          .map(finding -> new Passage(finding.provider(), finding.field().kind(), text(finding))).toList();
      return Brought.passages(
          "Looked up %s at the data providers: %s.".formatted(
              company.domain(), passages.isEmpty() ? "not known" : passages.size() + " findings"),
          passages);
    } catch (Unavailable e) {
      return Brought.nothing("Could not look the company up: %s %s.".formatted(e.provider(), e.getMessage()));
    }
  }

  /** An industry stands for itself, so that it can be compared; the rest says what it is. */
  private static String text(Finding finding) {
    return finding.field() == Field.INDUSTRY
        ? finding.value()
        : finding.field().words().replace('-', ' ') + ": " + finding.value();
  }

  record Input(String leadId) {}
}
