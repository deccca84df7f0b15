package dev.leadline.replies;

import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Acts: whoever asked for it gets no more mail, and neither does the address that asked in their name. */
@Component
public class SuppressContact {

  private final Leads leads;
  private final IncomingMails mails;
  private final Suppress suppress;

  SuppressContact(Leads leads, IncomingMails mails, Suppress suppress) {
    this.leads = leads;
    this.mails = mails;
    this.suppress = suppress;
  }

  @JobWorker(type = "suppress-contact")
  public void suppress(@VariablesAsType Input input) {
    suppress.address(leads.get(input.leadId()).address(), Reason.UNSUBSCRIBED, "their reply");
    EmailAddress.of(mails.get(input.messageId()).letter().from())
        .ifPresent(address -> suppress.address(address.normal(), Reason.UNSUBSCRIBED, "their reply"));
  }

  record Input(String leadId, String messageId) {}
}
