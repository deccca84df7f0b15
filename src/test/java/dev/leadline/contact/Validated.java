package dev.leadline.contact;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.contact.MailServers.Reception;
import dev.leadline.lead.Leads;
import java.util.Locale;

/** The step validate-contact, to be run from outside its package. */
public final class Validated {

  private static final Mailboxes MAILBOXES = new Mailboxes();

  private Validated() {}

  /** In the words of tables. */
  public record Said(String verdict, String mailbox) {}

  /** @param mail what name servers say of the domain: takes-mail, takes-none, not-there or unknown */
  public static Said by(ThinkingSteps steps, String leadId, String mail) {
    var reception = Reception.valueOf(mail.toUpperCase(Locale.ROOT).replace('-', '_'));
    var step = new ValidateContact(
        steps.get(Agents.class), steps.get(Leads.class), MAILBOXES, domain -> reception, new SandboxMailServers(), steps.timeline());
    var contact = step.handle(new ValidateContact.Input(leadId), 1).contact();
    return new Said(contact.verdict().words(), contact.mailbox().words());
  }
}
