package dev.leadline.outreach;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;

/** Answers a message. */
interface ReplyWriter {

  @SystemMessage(fromResource = "/prompts/draft-reply.system.md")
  @UserMessage(fromResource = "/prompts/draft-reply.user.md")
  Written write(
      @V("sender") String sender, @V("profile") String profile, @V("knowledge") String knowledge,
      @V("lead") String lead, @V("dossier") String dossier, @V("thread") String thread, @V("reply") String reply,
      @V("kind") String kind, @V("language") String language, @V("times") String times,
      @V("problems") String problems);

  /** The answer without subject, greeting and signature, with the ids of the sections it rests on. */
  record Written(String body, List<String> citations) {
    public Written {
      if (body == null || body.isBlank() || body.length() > 3000) throw new IllegalArgumentException("no usable body");
      citations = citations == null ? List.of() : List.copyOf(citations);
    }
  }
}
