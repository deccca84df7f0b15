package dev.leadline.research;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.List;
import java.util.Set;

/** Reads a lead's form and website into facts. */
interface Researcher {

  @SystemMessage(fromResource = "/prompts/research-lead.system.md")
  @UserMessage(fromResource = "/prompts/research-lead.user.md")
  Findings read(@V("industries") String industries, @V("form") String form, @V("pages") String pages);

  /** What the model found. */
  record Findings(List<Finding> facts) {
    public Findings {
      if (facts == null || facts.isEmpty()) throw new IllegalArgumentException("no facts");
      if (facts.size() > 40) throw new IllegalArgumentException("too many facts");
    }
  }

  /** One fact, with the words that prove it. */
  record Finding(String kind, String text, String source, String quote) {

    private static final Set<String> KINDS = Set.of(
        "industry", "size", "location", "product", "customers", "news", "trend", "pain", "need", "budget", "timeline",
        "authority", "other");

    public Finding {
      if (kind == null || !KINDS.contains(kind)) throw new IllegalArgumentException("unknown kind of fact");
      if (text == null || text.isBlank() || text.length() > 300) throw new IllegalArgumentException("no text");
      if (quote == null || quote.isBlank() || quote.length() > 300) throw new IllegalArgumentException("no quote");
      if (source == null) throw new IllegalArgumentException("no source");
    }
  }
}
