package dev.leadline.mail.message;

import dev.leadline.outreach.Email;
import java.util.List;

/**
 * A mail that is to be written.
 *
 * @param messageId its Message-ID, angle brackets included
 * @param token of the touch, see {@link TouchTokens}
 * @param thread Message-IDs of the thread it belongs to, the oldest first; empty when it begins one
 * @param automatic an answer that no person has seen: then machines must not answer it (RFC 3834)
 */
public record Order(
    String touchId,
    String token,
    String messageId,
    From from,
    String recipient,
    Email email,
    List<String> thread,
    boolean automatic,
    Footing footing) {

  /** Whose mailbox it goes out from, and where of its addresses the token stands. */
  public record From(String name, String email, TokenIn tokenIn) {}

  /** Where an address carries the touch's token. */
  public enum TokenIn {
    /** In Reply-To and in the sender of the envelope, to which bounces go. */
    BOTH,
    /** For servers that take no other sender of the envelope than the mailbox itself. */
    REPLY_TO,
    /** For mailboxes that know no plus addresses. */
    NONE
  }

  /**
   * What stands under the approved words, by the policy for the recipient's country.
   *
   * @param source where their address is from; null when it is not said
   */
  public record Footing(boolean disclosure, boolean postalAddress, String source) {}
}
