package dev.leadline.contact;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose mailbox an address is. */
public enum MailboxKind {
  /** A person at work, as far as anybody can tell. */
  PERSONAL,
  /** A desk or department: info@, sales@. */
  ROLE,
  /** A throw-away address. */
  DISPOSABLE,
  /** A person at a mail service that everybody can use; the domain says nothing about a company. */
  PRIVATE;

  @JsonValue
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
