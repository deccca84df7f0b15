package dev.leadline.agent.tools;

import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What one call of a tool brought. Facts are proven by it, and it says which pages may be read next.
 *
 * @param id the lead's, then the tool's element instance, so that a job that runs twice leaves one; with the lead,
 *     because an engine that begins anew gives the same keys again
 * @param run the process instance the tool was called in
 * @param until when it is deleted
 */
@Document("readings")
public record Reading(
    @Id String id,
    @Indexed long run,
    @Indexed String leadId,
    Brought brought,
    Instant at,
    @Indexed(expireAfter = "0s") Instant until) {

  private static final int LONGEST = 8_000;
  private static final int MOST_PAGES = 20;

  /**
   * What a tool has to say.
   *
   * @param outcome one sentence for a sales lead, for example "Searched the web for “…”: 5 pages."
   * @param page the address of the page that was tried; null when it was something else
   * @param leadsTo addresses of pages that may be read next
   */
  public record Brought(String outcome, String page, List<Passage> passages, List<String> leadsTo) {

    public Brought {
      passages = List.copyOf(passages);
      leadsTo = leadsTo.stream().distinct().limit(MOST_PAGES).toList();
    }

    public static Brought passages(String outcome, List<Passage> passages) {
      return new Brought(outcome, null, passages, List.of());
    }

    /** Nothing was to be had, which is a result like any other. */
    public static Brought nothing(String outcome) {
      return passages(outcome, List.of());
    }

    /** Without what speaks to machines; a passage that does is marked. */
    Brought guarded(InjectionGuard guard) {
      return new Brought(
          guard.sign(outcome).isEmpty() ? outcome : "What it brought speaks to machines; that was left out.", page,
          passages.stream()
              .filter(passage -> guard.sign(passage.source()).isEmpty())
              .map(passage -> passage.guarded(guard))
              .toList(),
          leadsTo.stream().filter(address -> guard.sign(address).isEmpty()).toList());
    }
  }

  /** For a model: what was read, inside tags it cannot close. */
  String asData() {
    var text = new StringBuilder(ForeignText.harmless(brought.outcome())).append('\n');
    for (Passage passage : brought.passages()) text.append(passage.asData());
    if (text.length() > LONGEST) text.setLength(LONGEST);
    if (!brought.leadsTo().isEmpty())
      text.append("Pages that may be read:\n").append(brought.leadsTo().stream()
          .map(address -> "- " + ForeignText.harmless(address)).collect(Collectors.joining("\n")));
    return text.toString();
  }
}
