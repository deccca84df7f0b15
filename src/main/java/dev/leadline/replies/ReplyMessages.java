package dev.leadline.replies;

import dev.leadline.engine.Messages;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Match;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The messages by which journeys hear of what came. */
@Component
class ReplyMessages {

  private static final String PROCESS = "reply-handling";

  private final Messages messages;

  ReplyMessages(Messages messages) {
    this.messages = messages;
  }

  /**
   * A person has answered: what runs for them by itself ends now.
   *
   * <p>Heard by what listens at this moment only, for a journey that begins later is not meant.
   */
  void answered(String leadId) {
    messages.tellNow("lead-answered", leadId);
  }

  /**
   * A mail came that has to be understood: one journey for each, whatever else runs for the lead; another one
   * when a person said that it is another lead's.
   *
   * @param timesOffered whether a meeting is being agreed on with them already
   * @throws RuntimeException when the engine did not take it
   */
  void received(String messageId, Kind kind, Match match, boolean timesOffered) {
    messages.begin(
        PROCESS, "reply-received", messageId, messageId + ":" + match.leadId(),
        Map.of(
            "leadId", match.leadId(), "messageId", messageId, "kind", word(kind), "match", word(match.by()),
            "timesOffered", timesOffered));
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
