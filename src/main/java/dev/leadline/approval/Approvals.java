package dev.leadline.approval;

import dev.leadline.lead.Lead;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Email;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who said yes to exactly which content. */
@Component
public class Approvals {

  private final ApprovalDocuments documents;
  private final ApprovalSettings settings;
  private final Clock clock;

  Approvals(ApprovalDocuments documents, ApprovalSettings settings, Clock clock) {
    this.documents = documents;
    this.settings = settings;
    this.clock = clock;
  }

  /** What a yes to this e-mail is a yes to, today: the lead's present address, the present policy. */
  public Content content(Lead lead, Draft draft, Email email) {
    return new Content(
        lead.id(),
        draft.campaign(),
        email.number(),
        lead.email(),
        email.subject(),
        email.body(),
        email.attachments(),
        settings.policyVersion());
  }

  /** The yes to exactly this content, if somebody gave it. */
  public Optional<Approval> forContent(String hash) {
    return documents.findById(hash);
  }

  /** Records a yes to every e-mail of the draft as it is; the first yes to a content stays. */
  void approve(Lead lead, Draft draft, String by, Actor actor) {
    for (Email email : draft.emails()) {
      Content content = content(lead, draft, email);
      if (documents.findById(content.hash()).isPresent()) continue;
      documents.save(
          new Approval(
              content.hash(),
              lead.id(),
              draft.id(),
              email.number(),
              content.policyVersion(),
              by,
              actor,
              clock.instant()));
    }
  }

  /** What the table said yes to for one person lately. */
  List<Approval> byTable(String leadId, Instant since) {
    return documents.findByLeadIdAndActorAndAtAfter(leadId, Actor.TABLE, since);
  }

  /** A no takes back what was said before to the same draft. */
  void withdraw(Draft draft) {
    documents.deleteByDraftId(draft.id());
  }
}
