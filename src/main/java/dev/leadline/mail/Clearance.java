package dev.leadline.mail;

import dev.leadline.approval.Approvals;
import dev.leadline.approval.Content;
import dev.leadline.lead.Lead;
import dev.leadline.suppression.Suppressed;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.exception.CamundaError;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What is asked before every mail, whatever the diagram asked before. */
@Component
class Clearance {

  private static final int NO_RETRY = 0;

  private final Suppressed suppressed;
  private final Approvals approvals;
  private final MailSettings settings;
  private final Timeline timeline;
  private final boolean embedded;

  Clearance(
      Suppressed suppressed,
      Approvals approvals,
      MailSettings settings,
      Timeline timeline,
      @Value("${leadline.embedded.mail.running:false}") boolean embedded) {
    this.suppressed = suppressed;
    this.approvals = approvals;
    this.settings = settings;
    this.timeline = timeline;
    this.embedded = embedded;
  }

  /** Returns if this content may go to this lead now; otherwise the diagram goes on with the reason. */
  void require(Lead lead, Content content, String touchId) {
    suppressed.lead(lead).ifPresent(suppression -> {
      throw no(lead, touchId + ":suppressed", "CONTACT_SUPPRESSED",
          "E-mail %d was not sent: this person is not to be contacted".formatted(content.number()),
          suppression.reason().words());
    });
    String hash = content.hash();
    if (approvals.forContent(hash).isEmpty()) {
      throw no(lead, touchId + ":not-approved:" + hash, "NOT_APPROVED",
          "E-mail %d was not sent: nobody approved exactly this content".formatted(content.number()),
          "Text, subject, address or policy changed after the approval, or there was none");
    }
    String domain = Letters.domain(lead.email());
    if (!embedded && !settings.allows(domain)) {
      throw CamundaError.jobError(
          "Mail to the domain %s is not allowed: add it to leadline.mail.allowed-domains, or * for every domain"
              .formatted(domain),
          null, NO_RETRY);
    }
  }

  private RuntimeException no(Lead lead, String entry, String code, String words, String because) {
    timeline.record(entry, lead.id(), "send-email", Actor.SYSTEM, "mail", words, List.of(because));
    return CamundaError.bpmnError(code, words);
  }
}
