package dev.leadline.contact;

/** The rules about mailboxes, for tests of the steps after them. */
public final class ContactRules {

  private ContactRules() {}

  public static Mailboxes mailboxes() {
    return new Mailboxes();
  }
}
