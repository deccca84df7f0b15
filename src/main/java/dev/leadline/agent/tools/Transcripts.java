package dev.leadline.agent.tools;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.leadline.agent.Retention;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Talks between agents and their models, one version for each job. */
@Component
class Transcripts {

  private final TranscriptDocuments documents;
  private final Retention retention;
  private final Clock clock;

  Transcripts(TranscriptDocuments documents, Retention retention, Clock clock) {
    this.documents = documents;
    this.retention = retention;
    this.clock = clock;
  }

  /** Empty when it was deleted meanwhile. */
  Optional<List<ChatMessage>> read(String id) {
    return documents.findById(id).map(found -> ChatMessageDeserializer.messagesFromJson(found.messages()));
  }

  void save(String id, String leadId, List<ChatMessage> messages) {
    documents.save(new Transcript(
        id, leadId, ChatMessageSerializer.messagesToJson(messages), clock.instant(), retention.end(clock)));
  }
}
