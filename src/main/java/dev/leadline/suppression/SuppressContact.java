package dev.leadline.suppression;

import dev.leadline.lead.Leads;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Acts: ends all contact with a lead; the first reason stays. */
@Component
public class SuppressContact {

  private final Suppress suppress;
  private final Leads leads;

  SuppressContact(Suppress suppress, Leads leads) {
    this.suppress = suppress;
    this.leads = leads;
  }

  @JobWorker(type = "suppress-contact")
  public void handle(@VariablesAsType Input input) {
    suppress.address(leads.get(input.leadId()).address(), input.reason(), input.by());
  }

  record Input(String leadId, Suppression.Reason reason, String by) {}
}
