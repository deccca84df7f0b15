package dev.leadline.mail;

import dev.leadline.approval.Approval;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.Content;
import dev.leadline.lead.Lead;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.suppression.Suppressions;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.exception.CamundaError;
import java.time.Duration;
import java.util.List;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What is asked before every mail, whatever the diagram asked before. */
@Component
class Clearance {

  private static final int NO_RETRY = 0;
  private static final int AS_OFTEN = 3;
  private static final Duration LATER = Duration.ofMinutes(5);

  private final Suppressions suppressions;
  private final Approvals approvals;
  private final MailSettings settings;
  private final Timeline timeline;
  private final MailboxRotation rotation;
  private final boolean production;

  Clearance(
      Suppressions suppressions,
      Approvals approvals,
      MailSettings settings,
      MailboxRotation rotation,
      Timeline timeline,
      Environment environment) {
    this.suppressions = suppressions;
    this.approvals = approvals;
    this.settings = settings;
    this.timeline = timeline;
    this.rotation = rotation;
    this.production = environment.matchesProfiles("production");
  }

  /** The yes to this content, if it may go to this lead now; otherwise the diagram goes on with the reason. */
  Approval require(Lead lead, Content content, String touchId, SendingMailbox mailbox) {
    suppressions.findById(lead.address()).ifPresent(suppression -> {
      throw no(lead, touchId + ":suppressed", "CONTACT_SUPPRESSED",
          "E-mail %d was not sent: this person is not to be contacted".formatted(content.number()),
          suppression.reason().words());
    });
    String hash = content.hash();
    Approval approval = approvals.forContent(hash).orElseThrow(() ->
        no(lead, touchId + ":not-approved:" + hash, "NOT_APPROVED",
            "E-mail %d was not sent: nobody approved exactly this content".formatted(content.number()),
            "Text, subject, address or policy changed after the approval, or there was none"));
    if (mailbox.real()) requireAllowed(content.recipient());
    rotation.resting(mailbox.id()).ifPresent(resting -> {
      throw CamundaError.jobError(
          "The mailbox %s sends nothing now: %s".formatted(mailbox.id(), resting.because()), null, AS_OFTEN, LATER);
    });
    return approval;
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
  private RuntimeException no(Lead lead, String entry, String code, String words, String because) {
    timeline.record(entry, lead.id(), "send-email", Actor.SYSTEM, "mail", words, List.of(because));
    return CamundaError.bpmnError(code, words);
  }
}
