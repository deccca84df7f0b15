package dev.leadline.mail;

import static java.util.stream.Collectors.toMap;

import dev.leadline.outreach.Correspondence;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import java.util.List;
import org.springframework.stereotype.Component;

/** The e-mails that went out to a lead, in the words in which they were approved. */
@Component
class SentTouches implements Correspondence {

  private final Touches touches;
  private final Drafts drafts;

  SentTouches(Touches touches, Drafts drafts) {
    this.touches = touches;
    this.drafts = drafts;
  }

  @Override
  public List<Said> with(String leadId) {
    var sent = touches.sentTo(leadId);
    if (sent.isEmpty()) return List.of();
    var written = drafts.findByLeadIdOrderByWrittenAt(leadId).stream().collect(toMap(Draft::id, draft -> draft));
    return sent.stream()
        .filter(touch -> written.containsKey(touch.draftId()))
        .map(touch -> said(touch, written.get(touch.draftId()).email(touch.number())))
        .toList();
  }

  private static Said said(Touch touch, Email email) {
    return new Said(touch.sentAt(), "email", email.subject(), email.body());
  }
}
