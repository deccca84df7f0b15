package dev.leadline.mail;

import dev.leadline.approval.Approval;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.Content;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.smtp.Delivery;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.mail.smtp.SendingMailboxes;
import dev.leadline.outreach.Draft;
import dev.leadline.sending.MustSay;
import dev.leadline.sending.Permits;
import dev.leadline.suppression.Suppressed;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.exception.CamundaError;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What is asked before every mail, whatever the diagram asked before. */
@Component
class Clearance {

  private static final int NO_RETRY = 0;

  private final Suppressed suppressed;
  private final LastAnswers answers;
  private final Approvals approvals;
  private final Permits permits;
  private final MailSettings settings;
  private final Timeline timeline;
  private final SendingMailboxes mailboxes;
  private final boolean production;

  Clearance(
      Suppressed suppressed,
      LastAnswers answers,
      Approvals approvals,
      Permits permits,
      MailSettings settings,
      SendingMailboxes mailboxes,
      Timeline timeline,
      Environment environment) {
    this.suppressed = suppressed;
    this.answers = answers;
    this.approvals = approvals;
    this.permits = permits;
    this.settings = settings;
    this.timeline = timeline;
    this.mailboxes = mailboxes;
    this.production = environment.matchesProfiles("production");
  }

  /** That a mail may go now: who said yes, and what its turn says about it. */
  record Cleared(Approval approval, SendingMailbox from, MustSay mustSay) {}

  /** Says that this content may go to this lead now; otherwise the diagram goes on with the reason. */
  Cleared require(Lead lead, Draft draft, Content content, String touchId) {
    suppressed.lead(lead).ifPresent(suppression -> {
      throw no(lead, touchId + ":suppressed", "CONTACT_SUPPRESSED",
          "E-mail %d was not sent: this person is not to be contacted".formatted(content.number()),
          suppression.reason().words());
    });
    if (!draft.campaign().isAwaited()) {
      // Its journey asks for a turn once more, and ends by the answer.
      if (lead.stage() == Stage.CLOSED) throw CamundaError.bpmnError("NOT_NOW", "They are closed");
      requireNoAnswerSince(lead, draft, content, touchId);
    }
    String hash = content.hash();
    Approval approval = approvals.forContent(hash).orElseThrow(() ->
        no(lead, touchId + ":not-approved:" + hash, "NOT_APPROVED",
            "E-mail %d was not sent: nobody approved exactly this content".formatted(content.number()),
            "Text, subject, address or policy changed after the approval, or there was none"));
    var permit = permits.require(touchId, lead.id(), lead.address());
    SendingMailbox from = mailboxes.find(permit.mailbox())
        .orElseThrow(() -> CamundaError.bpmnError("NOT_NOW", "Its mailbox is no longer one of ours"));
    if (from.real()) requireAllowed(content.recipient());
    return new Cleared(approval, from, permit.mustSay());
  }

  /** Nobody is written to by a trial or a test. */
  private void requireAllowed(String recipient) {
    if (!settings.live()) {
      throw CamundaError.jobError(
          "Mail to real people is off: leadline.mail.live is not true", null, NO_RETRY);
    }
    String domain = Letters.domain(recipient);
    if (!settings.allows(domain, production)) {
      throw CamundaError.jobError(
          "Mail to the domain %s is not allowed: add it to leadline.mail.allowed-domains".formatted(domain)
              + (production ? "" : "; every domain is allowed with the profile production only"),
          null, NO_RETRY);
    }
  }

  /** Whether the panic switch still lets it go. */
  boolean stillGoes() {
    return permits.anythingGoes();
  }

  /** How its journey goes on when the mail server did not take it for now. */
  RuntimeException deferred(String touchId, Delivery.Deferred deferred) {
    if (permits.defer(touchId, deferred.why())) {
      return CamundaError.bpmnError("NOT_NOW", "The mail server did not take it for now");
    }
    return CamundaError.jobError(
        deferred.why() + "; nothing went out, and it was tried for long enough", null, NO_RETRY, null, deferred.cause());
  }

  /** The mail is out. */
  void used(String touchId) {
    permits.used(touchId);
  }

  /** A sequence that they have answered is not finished, whether or not its journey heard of the answer. */
  private void requireNoAnswerSince(Lead lead, Draft draft, Content content, String touchId) {
    answers.findById(lead.id())
        .filter(answer -> draft.writtenAt() == null || answer.at().isAfter(draft.writtenAt()))
        .ifPresent(answer -> {
          throw no(lead, touchId + ":answered", "LEAD_ANSWERED",
              "E-mail %d was not sent: they have answered".formatted(content.number()),
              "It was drafted before they wrote");
        });
  }

  private RuntimeException no(Lead lead, String entry, String code, String words, String because) {
    timeline.record(entry, lead.id(), "send-email", Actor.SYSTEM, "mail", words, List.of(because));
    return CamundaError.bpmnError(code, words);
  }
}
