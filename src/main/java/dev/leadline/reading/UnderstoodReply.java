package dev.leadline.reading;

import dev.leadline.agent.Answer;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A received message with what it says.
 *
 * @param messageId of the message
 * @param taints what in it speaks to machines; then a person reads it
 */
@Document("understood_replies")
public record UnderstoodReply(
    @Id String messageId, @Indexed String leadId, Classified says, List<String> taints, Answer.Source source,
    Instant at) {
  public UnderstoodReply {
    taints = taints == null ? List.of() : List.copyOf(taints);
  }
}
