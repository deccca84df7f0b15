package dev.leadline.booking;

import java.util.Optional;

/** What leads wrote back, for whoever keeps their messages to tell. */
public interface ReplyText {

  /** The new words of a message, without quotes and signature; somebody else's text. */
  Optional<String> of(String messageId);
}
