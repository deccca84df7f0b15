package dev.leadline.mail;

import dev.leadline.outreach.Draft.Campaign;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One e-mail of a campaign on its way out; it exists once, so the mail goes once.
 *
 * @param id lead/campaign/number
 * @param address normal form of the address it goes to
 * @param contentHash of the content that is sent, from the first attempt on
 * @param messageId its Message-ID header, angle brackets included, from the first attempt on
 * @param holder the running application that sends it
 * @param heldUntil when the holder must be done; later it is in doubt whether the mail went out
 * @param sentAt when the mail server took it
 * @param mailbox id of the one it goes out from, from the first attempt on
 * @param token in our addresses, by which answers find it
 */
@Document("touches")
public record Touch(
    @Id String id,
    @Indexed String leadId,
    Campaign campaign,
    int number,
    String draftId,
    State state,
    String address,
    String contentHash,
    @Indexed String messageId,
    String holder,
    Instant heldUntil,
    Instant sentAt,
    @Indexed String mailbox,
    @Indexed String token) {

  /** How far it has come. */
  public enum State {
    PREPARED,
    /** A server may have it: from here only SENT, REFUSED or proof of the contrary leads on. */
    SENDING,
    SENT,
    /** The server said no for good; nothing went out. */
    REFUSED
  }

  static String id(String leadId, Campaign campaign, int number) {
    return campaign.touch(leadId, number);
  }
}
