package dev.leadline.growth;

import dev.leadline.research.Dossier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a dossier says about growth, with the facts that say so.
 *
 * @param market where the company's own business is going
 * @param competition who serves the need today
 * @param potential how large it may become as a customer
 * @param findings by question; a question without a fact stays unknown
 */
record Outlook(Market market, Competition competition, Potential potential, List<Finding> findings) {

  static final String MARKET = "market";
  static final String COMPETITION = "competition";
  static final String POTENTIAL = "potential";

  private static final Set<String> QUESTIONS = Set.of(MARKET, COMPETITION, POTENTIAL);
  private static final int LONGEST = 300;

  enum Market {
    GROWING,
    STEADY,
    SHRINKING,
    UNKNOWN
  }

  enum Competition {
    /** The work is done by hand: nobody serves the need. */
    OPEN,
    /** They compare suppliers. */
    COMPARING,
    /** Another supplier serves it. */
    TAKEN,
    UNKNOWN
  }

  enum Potential {
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN
  }

  /** One question's answer in a sentence, with the ids of the facts it rests on. */
  public record Finding(String question, String text, List<String> facts) {
    public Finding {
      if (!QUESTIONS.contains(question)) throw new IllegalArgumentException("unknown question");
      if (text == null || text.isBlank() || text.length() > LONGEST)
        throw new IllegalArgumentException("no usable sentence");
      text = text.strip();
      facts = facts == null ? List.of() : List.copyOf(facts);
    }
  }

  Outlook {
    if (market == null || competition == null || potential == null)
      throw new IllegalArgumentException("a question is not answered");
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /** Without what no fact of the dossier speaks for. */
  Outlook provenBy(Dossier dossier) {
    var proven = findings.stream()
        .map(found -> new Finding(found.question(), found.text(),
            found.facts().stream().filter(id -> dossier.fact(id).isPresent()).distinct().toList()))
        .filter(found -> !found.facts().isEmpty())
        .toList();
    var questions = proven.stream().map(Finding::question).collect(Collectors.toSet());
    return new Outlook(
        questions.contains(MARKET) ? market : Market.UNKNOWN,
        questions.contains(COMPETITION) ? competition : Competition.UNKNOWN,
        questions.contains(POTENTIAL) ? potential : Potential.UNKNOWN,
        proven);
  }

  /** The three answers by question, in the words of the score table. */
  Map<String, String> answers() {
    var answers = new LinkedHashMap<String, String>();
    answers.put(MARKET, word(market));
    answers.put(COMPETITION, word(competition));
    answers.put(POTENTIAL, word(potential));
    return answers;
  }

  static String word(Enum<?> answer) {
    return answer.name().toLowerCase(Locale.ROOT);
  }
}
