package dev.leadline.mail.smtp;

/** What came of handing a mail to the mail server. */
public sealed interface Delivery {

  /** The server has it. */
  record Accepted() implements Delivery {}

  /** The server does not have it and may take it later. */
  record Deferred(String why, Exception cause) implements Delivery {}

  /** The server heard nothing of it, because it may no longer go. */
  record Withheld() implements Delivery {}

  /**
   * The server will not take it.
   *
   * @param nobodyThere the recipient's mailbox does not exist (any more)
   */
  record Refused(String reply, boolean nobodyThere) implements Delivery {}

  /** The connection broke after the whole mail was given to the server and before it answered. */
  record InDoubt(Exception cause) implements Delivery {}
}
