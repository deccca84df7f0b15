package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.leadline.contact.MailboxKind;
import java.util.Locale;

/**
 * What the table prospect-policy may ask of somebody who was found; nothing in it says who they are.
 *
 * @param id of the prospect
 * @param mailbox null when there is no address, or none that is written like one
 * @param relation of them or their company to us
 */
record Standing(String id, Address address, MailboxKind mailbox, Relation relation) {

  enum Address {
    VERIFIED,
    UNVERIFIED,
    NONE;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The first that holds. */
  enum Relation {
    /** Not to be contacted. */
    SUPPRESSED,
    /** A lead already. */
    KNOWN,
    CUSTOMER,
    /** Somebody of us is about to sell to their company. */
    OPPORTUNITY,
    COMPETITOR,
    PARTNER,
    PRESS,
    /** On the list for another reason. */
    OTHER,
    NONE;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
