package dev.leadline.mail;

import java.time.Instant;
import java.util.List;

/** What a lead wrote to us by mail, so that our answers stand in its thread. */
public interface Heard {

  /** @param messageId angle brackets included */
  record Letter(String messageId, Instant at) {}

  /** In order. */
  List<Letter> from(String leadId);
}
