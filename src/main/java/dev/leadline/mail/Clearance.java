package dev.leadline.mail;

import dev.leadline.approval.Approval;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.Content;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.sending.Permits;
import dev.leadline.suppression.Suppressed;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.exception.CamundaError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What is asked before every mail, whatever the diagram asked before. */
@Component
class Clearance {

  private static final int NO_RETRY = 0;
  private static final int AS_OFTEN = 3;
  private static final Duration LATER = Duration.ofMinutes(5);
  /** What we began; an answer to them is not among it. */
  static final Set<Campaign> CAMPAIGNS = Set.of(Campaign.OUTREACH, Campaign.NURTURE, Campaign.FOLLOW_UP);

  private final Suppressed suppressed;
  private final LastAnswers answers;
  private final Approvals approvals;
  private final Permits permits;
  private final MailSettings settings;
  private final Timeline timeline;
  private final MailboxRotation rotation;
  private final boolean production;

  Clearance(
      Suppressed suppressed,
      LastAnswers answers,
      Approvals approvals,
      Permits permits,
      MailSettings settings,
      MailboxRotation rotation,
      Timeline timeline,
      Environment environment) {
    this.suppressed = suppressed;
    this.answers = answers;
    this.approvals = approvals;
    this.permits = permits;
    this.settings = settings;
    this.timeline = timeline;
    this.rotation = rotation;
    this.production = environment.matchesProfiles("production");
  }

  /** The yes to this content, if it may go to this lead now; otherwise the diagram goes on with the reason. */
  Approval require(Lead lead, Draft draft, Content content, String touchId, SendingMailbox mailbox) {
    suppressed.lead(lead).ifPresent(suppression -> {
      throw no(lead, touchId + ":suppressed", "CONTACT_SUPPRESSED",
          "E-mail %d was not sent: this person is not to be contacted".formatted(content.number()),
          suppression.reason().words());
    });
    if (CAMPAIGNS.contains(draft.campaign())) requireNoAnswerSince(lead, draft, content, touchId);
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
    permits.require(touchId, lead.id(), lead.address());
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
