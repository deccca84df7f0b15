package dev.leadline.research;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import dev.leadline.research.Researcher.Findings;

/** Reads what an agent's tools have brought into facts. */
interface FindingsReader {

  @SystemMessage(fromResource = "/prompts/keep-findings.system.md")
  @UserMessage(fromResource = "/prompts/keep-findings.user.md")
  Findings read(@V("industries") String industries, @V("company") String company, @V("passages") String passages);
}
