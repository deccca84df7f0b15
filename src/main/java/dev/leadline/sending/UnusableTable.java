package dev.leadline.sending;

/** A table has no row for a mail, or one that makes no sense; which and why is in the message, without names or addresses. */
final class UnusableTable extends IllegalStateException {

  UnusableTable(String words, Throwable cause) {
    super(words, cause);
  }
}
