package dev.leadline.mail;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.mail.smtp.Delivery;
import dev.leadline.outreach.Email;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.exception.CamundaError;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** What a sending leaves behind with the lead: its line on the timeline, its stage, its suppression. */
@Component
class SendingRecord {

  private static final int NO_RETRY = 0;
  private static final String STEP = "send-email";

  private final Timeline timeline;
  private final Leads leads;
  private final Suppress suppress;
  private final ApplicationEventPublisher events;

  SendingRecord(Timeline timeline, Leads leads, Suppress suppress, ApplicationEventPublisher events) {
    this.timeline = timeline;
    this.leads = leads;
    this.suppress = suppress;
    this.events = events;
  }

  /** @param asDrafted whether what went out is what the draft says now */
  void sent(Touch touch, Lead lead, Email email, boolean asDrafted) {
    timeline.record(
        touch.id() + ":sent", lead.id(), STEP, Actor.SYSTEM, "mail",
        "E-mail %d was sent".formatted(touch.number()),
        asDrafted
            ? asDrafted(lead, email)
            : List.of("An earlier wording had gone out before it was changed"));
    leads.change(lead.id(), now -> now.stage().compareTo(Stage.CONTACTING) < 0 ? now.withStage(Stage.CONTACTING) : now);
  }

  private static List<String> asDrafted(Lead lead, Email email) {
    var details = new ArrayList<>(List.of("To: " + lead.email(), "Subject: " + email.subject(), email.body()));
    email.attachments().forEach(file -> details.add("Attached: " + file.name()));
    return details;
  }

  /** How the journey goes on: nobody there is a contact that must not be tried again, all else is for a person. */
  RuntimeException refused(Touch touch, Lead lead, Delivery.Refused refused) {
    String words =
        "E-mail %d was refused by the mail server".formatted(touch.number())
            + (refused.nobodyThere() ? ": there is no such mailbox" : "");
    timeline.record(
        touch.id() + ":refused:" + touch.contentHash(), lead.id(), STEP, Actor.SYSTEM, "mail", words,
        List.of(refused.reply()));
    if (refused.nobodyThere()) {
      events.publishEvent(new CameBack(touch));
      suppress.address(lead.address(), Suppression.Reason.BOUNCED, "mail server");
      return CamundaError.bpmnError("CONTACT_SUPPRESSED", words);
    }
    return CamundaError.jobError(
        "The mail server refuses this e-mail for good, nothing went out: " + refused.reply(), null, NO_RETRY);
  }
}
