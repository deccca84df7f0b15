package dev.leadline.outreach;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;

/** Writes the next e-mail of a conversation that is under way. */
interface FollowUpWriter {

  @SystemMessage(fromResource = "/prompts/draft-follow-up.system.md")
  @UserMessage(fromResource = "/prompts/draft-follow-up.user.md")
  FollowUp write(
      @V("sender") String sender, @V("profile") String profile, @V("lead") String lead, @V("dossier") String dossier,
      @V("thread") String thread, @V("problems") String problems);

  /** The e-mail without subject, greeting and signature, with the ids of the facts it rests on. */
  record FollowUp(String body, List<String> facts) {
    public FollowUp {
      if (body == null || body.isBlank() || body.length() > 3000) throw new IllegalArgumentException("no usable body");
      facts = facts == null ? List.of() : List.copyOf(facts);
    }
  }
}
