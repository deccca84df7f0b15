package dev.leadline.agent.tools;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Talks between agents and their models, one version for each job. */
@Component
class Transcripts {

  private final TranscriptDocuments documents;
  private final KeepSettings settings;
  private final Clock clock;

  Transcripts(TranscriptDocuments documents, KeepSettings settings, Clock clock) {
    this.documents = documents;
    this.settings = settings;
    this.clock = clock;
  }

  /** Empty when it was deleted meanwhile. */
  Optional<List<ChatMessage>> read(String id) {
    return documents.findById(id).map(found -> ChatMessageDeserializer.messagesFromJson(found.messages()));
  }

  void save(String id, String leadId, List<ChatMessage> messages) {
    var now = clock.instant();
    documents.save(new Transcript(
        id, leadId, ChatMessageSerializer.messagesToJson(messages), now, now.plus(settings.keep())));
  }
}
