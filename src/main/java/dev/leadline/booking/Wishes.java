package dev.leadline.booking;

import java.time.ZonedDateTime;
import java.util.function.ToIntFunction;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What a reply says about times that would suit. */
@Component
class Wishes {

  private final ObjectProvider<ReplyText> replies;
  private final TimeWords words;

  Wishes(ObjectProvider<ReplyText> replies, TimeWords words) {
    this.replies = replies;
    this.words = words;
  }

  /** How well a time fits what the message asks for: 0 for not at all. */
  ToIntFunction<ZonedDateTime> of(String messageId) {
    if (messageId == null) return time -> 0;
    return replies.orderedStream().flatMap(one -> one.of(messageId).stream()).findFirst()
        .<ToIntFunction<ZonedDateTime>>map(text -> {
          var said = words.in(text);
          return time -> said.fit(time);
        })
        .orElse(time -> 0);
  }
}
