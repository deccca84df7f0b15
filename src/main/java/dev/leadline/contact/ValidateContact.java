package dev.leadline.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.leadline.agent.Agents;
import dev.leadline.contact.MailServers.Reception;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Recorded;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Thinking step, by rules only: can mail reach this lead, and whose mailbox is it? */
@Component
public class ValidateContact {

  static final String STEP = "validate-contact";

  private final Agents.RulesOnly rules;
  private final Leads leads;
  private final Mailboxes mailboxes;
  private final MailServers internet;
  private final MailServers sandbox;
  private final Timeline timeline;

  @Autowired
  ValidateContact(
      Agents agents, Leads leads, Mailboxes mailboxes, DnsMailServers internet, SandboxMailServers sandbox,
      Timeline timeline) {
    this(agents, leads, mailboxes, (MailServers) internet, sandbox, timeline);
  }

  ValidateContact(
      Agents agents, Leads leads, Mailboxes mailboxes, MailServers internet, MailServers sandbox, Timeline timeline) {
    this.rules = agents.byRules(STEP);
    this.leads = leads;
    this.mailboxes = mailboxes;
    this.internet = internet;
    this.sandbox = sandbox;
    this.timeline = timeline;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    var address = EmailAddress.of(leads.get(input.leadId()).email());
    Contact contact = rules.answer(() -> address.map(this::judge)
        .orElseGet(() -> new Contact(Verdict.INVALID, MailboxKind.PERSONAL, List.of(Reason.SYNTAX))));
    timeline.record(
        STEP + "-" + jobKey, input.leadId(), STEP, Actor.RULES, "rules", contact.verdict().sentence,
        contact.reasons().stream().map(reason -> reason.sentence).toList());
    return new Result(contact);
  }

  private Contact judge(EmailAddress address) {
    String domain = Mailboxes.domainOf(address);
    MailboxKind kind = mailboxes.kindOf(address);
    Reception reception = (Recorded.knows(domain) ? sandbox : internet).of(domain);
    var reasons = new ArrayList<Reason>();
    switch (reception) {
      case TAKES_NONE -> reasons.add(Reason.TAKES_NO_MAIL);
      case NOT_THERE -> reasons.add(Reason.NO_MAIL_SERVER);
      case UNKNOWN -> reasons.add(Reason.NOT_CHECKED);
      case TAKES_MAIL -> {}
    }
    switch (kind) {
      case ROLE -> reasons.add(Reason.ROLE);
      case DISPOSABLE -> reasons.add(Reason.DISPOSABLE);
      case PRIVATE -> reasons.add(Reason.PRIVATE);
      case PERSONAL -> {}
    }
    return new Contact(verdict(reception, kind), kind, reasons);
  }

  private static Verdict verdict(Reception reception, MailboxKind kind) {
    if (reception == Reception.TAKES_NONE || reception == Reception.NOT_THERE) return Verdict.INVALID;
    if (kind == MailboxKind.ROLE || kind == MailboxKind.DISPOSABLE) return Verdict.RISKY;
    return reception == Reception.UNKNOWN ? Verdict.UNKNOWN : Verdict.VALID;
  }

  record Input(String leadId) {}

  record Result(Contact contact) {}

  /** What tables and gateways may ask of an address; the address itself is not in it. */
  record Contact(Verdict verdict, MailboxKind mailbox, List<Reason> reasons) {}

  /** Whether to write there. */
  enum Verdict {
    VALID("Mail can reach this address."),
    RISKY("Mail can reach this address, but perhaps nobody in particular."),
    INVALID("Mail cannot reach this address."),
    UNKNOWN("Whether mail can reach this address could not be checked.");

    private final String sentence;

    Verdict(String sentence) {
      this.sentence = sentence;
    }

    @JsonValue
    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why; more than one may hold. */
  enum Reason {
    SYNTAX("It is not written as an address."),
    NO_MAIL_SERVER("Its domain does not exist or has no mail server."),
    TAKES_NO_MAIL("Its domain says that it takes no mail."),
    NOT_CHECKED("The domain name system did not answer."),
    ROLE("It belongs to a desk, not to a person."),
    DISPOSABLE("It is a throw-away address."),
    PRIVATE("It is at a mail service that everybody can use.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    @JsonValue
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
