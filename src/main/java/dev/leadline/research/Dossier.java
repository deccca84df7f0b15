package dev.leadline.research;

import dev.leadline.agent.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What research found about a lead.
 *
 * @param leadId whose dossier it is
 * @param visits pages that were tried, with what came of it ("200, 5 kB", "refused: private address")
 */
@Document("dossiers")
public record Dossier(
    @Id String leadId, List<Fact> facts, List<Visit> visits, Answer.Source source, Instant writtenAt) {

  /** The first fact of this kind. */
  public Optional<Fact> first(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).findFirst();
  }

  public Optional<Fact> fact(String id) {
    return facts.stream().filter(fact -> fact.id().equals(id)).findFirst();
  }

  /** The words of these facts, in quotation marks, for a person who wants to see what a sentence rests on. */
  public String quotes(List<String> ids) {
    return ids.stream()
        .flatMap(id -> fact(id).stream())
        .map(fact -> "“" + fact.quote() + "”")
        .collect(Collectors.joining(", "));
  }

  /** For a prompt: one line per fact, with nothing in it that could close a tag or open a template variable. */
  public String asData() {
    return facts.stream()
        .map(fact -> "%s (%s): %s — “%s”".formatted(fact.id(), fact.kind(), fact.text(), fact.quote()))
        .map(Dossier::harmless)
        .collect(Collectors.joining("\n"));
  }

  /** Foreign text that can stand inside the tags of a prompt. */
  public static String harmless(String text) {
    return text.replace('<', '‹').replace('>', '›').replace("{{", "{ {").replace("}}", "} }");
  }

  /** One page that was tried. */
  public record Visit(String address, String outcome) {}
}
