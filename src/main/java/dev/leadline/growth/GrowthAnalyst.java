package dev.leadline.growth;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** Reads a dossier for what it says about growth. */
interface GrowthAnalyst {

  @SystemMessage(fromResource = "/prompts/analyse-growth.system.md")
  @UserMessage(fromResource = "/prompts/analyse-growth.user.md")
  Outlook read(@V("dossier") String dossier);
}
