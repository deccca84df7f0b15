package dev.leadline.sending;

import java.time.Instant;

/** Whether a mail may go now. */
sealed interface Turn {

  /** It may, and no later than this; whether there is room in the mailbox is another question. */
  record Now(Instant until, SendPolicy policy, MustSay mustSay) implements Turn {}

  /** It waits. */
  record Later(Instant notBefore, String because, SendPolicy policy) implements Turn {}

  /** It never goes. */
  record Never(String because) implements Turn {}

  /** Nothing goes. */
  record Stopped(Hold hold, SendPolicy policy) implements Turn {}
}
