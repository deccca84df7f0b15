package dev.leadline.research;

import dev.leadline.agent.Answer;
import dev.leadline.guard.ForeignText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What is known about a lead: found by research, and by others who add facts of their own at the same time.
 *
 * @param leadId whose dossier it is
 * @param facts those of research first
 * @param visits pages that were tried, with what came of it ("200, 5 kB", "refused: private address")
 * @param source who found the facts of research; null before it did
 */
@Document("dossiers")
public record Dossier(
    @Id String leadId, @Version Long version, List<Fact> facts, List<Visit> visits, Answer.Source source,
    Instant writtenAt) {

  private static final String FOUND = "f";

  @PersistenceCreator
  public Dossier {}

  /** One that is not stored yet. */
  public Dossier(String leadId, List<Fact> facts, List<Visit> visits, Answer.Source source, Instant writtenAt) {
    this(leadId, null, facts, visits, source, writtenAt);
  }

  /** With what research found, in place of what it found before. */
  Dossier researched(List<Fact> found, List<Visit> visits, Answer.Source source, Instant at) {
    return new Dossier(leadId, version, join(found, without(FOUND)), join(visits, visitsBut(FOUND)), source, at);
  }

  /**
   * With these facts behind the others, in place of those that have ids of the same kind.
   *
   * @param letter begins the ids of all of them, for example "e"
   * @param leftOut where something was left out
   */
  public Dossier with(String letter, List<Fact> more, List<Visit> leftOut, Instant at) {
    if (letter.equals(FOUND) || !more.stream().allMatch(fact -> own(letter, fact)))
      throw new IllegalArgumentException("ids must begin with a letter of their own");
    return new Dossier(
        leadId, version, join(without(letter), more),
        join(visitsBut(letter), leftOut.stream().map(visit -> visit.by(letter)).toList()), source, at);
  }

  private List<Visit> visitsBut(String letter) {
    return visits.stream().filter(visit -> !visit.by().equals(letter)).toList();
  }

  private List<Fact> without(String letter) {
    return facts.stream().filter(fact -> !own(letter, fact)).toList();
  }

  private static boolean own(String letter, Fact fact) {
    return fact.id().matches(letter + "\\d+");
  }

  private static <T> List<T> join(List<T> first, List<T> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

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
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** For a prompt: one line per fact, with nothing in it that could close a tag or open a template variable. */
  public String asData() {
    return facts.stream()
        .map(fact -> "%s (%s): %s — “%s”".formatted(fact.id(), fact.kind(), fact.text(), fact.quote()))
        .map(ForeignText::harmless)
        .collect(Collectors.joining("\n"));
  }

  /** Where something speaks to machines, and what it is: "form: gives instructions to a model". */
  public List<String> taints() {
    return Stream.concat(
            facts.stream().filter(fact -> fact.taint() != null).map(fact -> fact.source() + ": " + fact.taint()),
            visits.stream().filter(visit -> visit.taint() != null).map(visit -> visit.address() + ": " + visit.taint()))
        .distinct()
        .toList();
  }

  /**
   * One page that was tried, or whatever else something was noticed in: the form, a provider.
   *
   * @param taint what on it speaks to machines; null when nothing does
   * @param by the letter of the facts that whoever was there adds
   */
  public record Visit(String address, String outcome, String taint, String by) {

    @PersistenceCreator
    public Visit {
      if (by == null) by = FOUND;
    }

    /** One by research, of a page. */
    Visit(String address, String outcome, String taint) {
      this(address, outcome, taint, FOUND);
    }

    /** One where nothing was left out, because nothing was noticed or nothing was read. */
    Visit(String address, String outcome) {
      this(address, outcome, null);
    }

    /** One where something was left out. */
    public static Visit leftOut(String address, String taint) {
      return new Visit(address, "read, but what it says to machines was left out", taint);
    }

    Visit by(String letter) {
      return new Visit(address, outcome, taint, letter);
    }
  }
}
