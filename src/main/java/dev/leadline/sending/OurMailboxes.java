package dev.leadline.sending;

import dev.leadline.lead.Lead;
import java.time.LocalDate;
import java.util.List;

/** The mailboxes that mail goes out from, as far as its turn depends on them. */
public interface OurMailboxes {

  /**
   * One mailbox.
   *
   * @param since first day it was used, when that was before its first mail here; else null
   */
  record One(String id, String address, LocalDate since) {}

  /** At least one. */
  List<One> all();

  /** Whether one of them has a mail server of its own, from where mail leaves for people. */
  boolean haveServersOfTheirOwn();

  /** Id of the one that writes to a lead. */
  String of(Lead lead);
}
