package dev.leadline.qualify;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Reads a dossier into the six answers that the score table asks for. */
interface DossierReader {

  @SystemMessage(fromResource = "/prompts/assess-lead.system.md")
  @UserMessage(fromResource = "/prompts/assess-lead.user.md")
  Reading read(
      @V("industries") String industries, @V("neighbours") String neighbours, @V("dossier") String dossier);
}
