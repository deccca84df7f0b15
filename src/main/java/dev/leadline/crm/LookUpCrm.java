package dev.leadline.crm;

import dev.leadline.agent.tools.Found;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Company;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tool: whether the CRM knows the lead or their company, and what is under way with them.
 *
 * <p>Notes stay in the CRM: a dossier is quoted in mails, and they are what colleagues wrote for each other. So do
 * amounts.
 */
@Component
public class LookUpCrm {

  private final Crm crm;
  private final Leads leads;
  private final Readings readings;

  LookUpCrm(Crm crm, Leads leads, Readings readings) {
    this.crm = crm;
    this.leads = leads;
    this.readings = readings;
  }

  @JobWorker(type = "look-up-crm")
  public Found handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @ElementInstanceKey long call) {
    return readings.keep(run, call, input.leadId(), lookUp(leads.get(input.leadId())));
  }

  private Brought lookUp(Lead lead) {
    try {
      var known = known(lead);
      return Brought.passages(
          "Looked into the CRM: %s.".formatted(known.isEmpty() ? "neither lead nor company are known" : String.join("; ", known)),
          known.stream().map(text -> Passage.of("crm", "other", text)).toList());
    } catch (Unavailable e) {
      return Brought.nothing("Could not look into the CRM: %s %s.".formatted(e.provider(), e.getMessage()));
    }
  }

  private List<String> known(Lead lead) {
    var known = new ArrayList<String>();
    var contact = crm.contact(lead.email());
    contact.ifPresent(found -> known.add("The lead is a contact" + in(" at stage “%s”", found.stage())));
    var account = Optional.ofNullable(Company.of(lead).domain()).flatMap(crm::account);
    account.ifPresent(found -> known.add("The company is an account" + in(" of %s", found.owner())));
    account.map(Crm.Account::id).or(() -> contact.map(Crm.Contact::accountId)).map(crm::openOpportunities)
        .orElse(List.of())
        .forEach(deal -> known.add("Open opportunity “%s”%s".formatted(deal.name(), in(" at stage “%s”", deal.stage()))));
    return known;
  }

  private static String in(String words, String value) {
    return value == null || value.isBlank() ? "" : words.formatted(value);
  }

  record Input(String leadId) {}
}
