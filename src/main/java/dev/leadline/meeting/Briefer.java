package dev.leadline.meeting;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Prepares a seller for a conversation. */
interface Briefer {

  @SystemMessage(fromResource = "/prompts/brief-seller.system.md")
  @UserMessage(fromResource = "/prompts/brief-seller.user.md")
  Briefing brief(
      @V("sender") String sender, @V("profile") String profile, @V("lead") String lead, @V("dossier") String dossier,
      @V("thread") String thread);
}
