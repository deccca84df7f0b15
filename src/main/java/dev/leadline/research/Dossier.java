package dev.leadline.research;

import dev.leadline.agent.Answer;
import dev.leadline.agent.ForeignText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What research found about a lead.
 *
 * @param leadId whose dossier it is
 * @param visits pages that were tried, with what came of it ("200, 5 kB", "refused: private address")
 */
@Document("dossiers")
public record Dossier(
    @Id String leadId,
    @Version Long version,
    List<Fact> facts,
    List<Visit> visits,
    Answer.Source source,
    Instant writtenAt) {

  /** Nothing is known yet. */
  public static Dossier empty(String leadId) {
    return new Dossier(leadId, null, List.of(), List.of(), null, null);
  }

  /**
   * With more facts and visits: what is known already stays as it is and keeps its id, because assessments and drafts
   * cite it; what is new is numbered after it.
   */
  public Dossier with(List<Fact> more, List<Visit> visited, Answer.Source by, Instant at) {
    var all = new ArrayList<>(facts);
    for (Fact fact : more) if (all.stream().noneMatch(fact::saysTheSame)) all.add(fact.as("f" + (all.size() + 1)));
    var tried = new ArrayList<>(visits);
    for (Visit visit : visited) if (!tried.contains(visit)) tried.add(visit);
    if (all.equals(facts) && tried.equals(visits)) return this;
    return new Dossier(leadId, version, List.copyOf(all), List.copyOf(tried), by, at);
  }

  /** The first fact of this kind. */
  public Optional<Fact> first(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).findFirst();
  }

  public Optional<Fact> fact(String id) {
    return facts.stream().filter(fact -> fact.id().equals(id)).findFirst();
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
    return ForeignText.harmless(text);
  }

  /** One page that was tried. */
  public record Visit(String address, String outcome) {}
}
