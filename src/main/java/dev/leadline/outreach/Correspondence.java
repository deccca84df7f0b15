package dev.leadline.outreach;

import java.time.Instant;
import java.util.List;

/** What was said between us and a lead on one channel. */
public interface Correspondence {

  /** In the order it was said. */
  List<Said> with(String leadId);

  /**
   * One thing that was said.
   *
   * @param channel email, linkedin or call
   * @param subject null where the channel has none
   * @param text the e-mail as it was sent, or what our colleague noted; may be empty
   */
  record Said(Instant at, String channel, String subject, String text) {}
}
