package dev.leadline.qualify;

import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a dossier says on the six questions of the score table, with the facts that say so.
 *
 * @param evidence by question; a question without a fact stays unknown
 * @param reasoning what speaks for and against the lead, at most 600 characters; null when it is left to the rules
 * @param engagement how best to engage the lead, at most 600 characters; null when it is left to the rules
 * @param talkingPoints what to talk about, the best first
 */
record Reading(
    IndustryFit industryFit,
    Seniority seniority,
    Need need,
    Budget budget,
    Urgency urgency,
    Authority authority,
    List<Evidence> evidence,
    String reasoning,
    String engagement,
    List<Cited> talkingPoints) {

  static final int MOST_POINTS = 6;
  private static final int LONGEST = 600;

  static final String INDUSTRY_FIT = "industryFit";
  static final String SENIORITY = "seniority";
  static final String NEED = "need";
  static final String BUDGET = "budget";
  static final String URGENCY = "urgency";
  static final String AUTHORITY = "authority";

  private static final Set<String> QUESTIONS =
      Set.of(INDUSTRY_FIT, SENIORITY, NEED, BUDGET, URGENCY, AUTHORITY);

  enum IndustryFit {
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN
  }

  enum Seniority {
    EXECUTIVE,
    HEAD,
    MANAGER,
    CONTRIBUTOR,
    UNKNOWN
  }

  enum Need {
    EXPLICIT,
    IMPLIED,
    NONE,
    UNKNOWN
  }

  enum Budget {
    STATED,
    LIKELY,
    NONE,
    UNKNOWN
  }

  enum Urgency {
    NOW,
    QUARTER,
    LATER,
    UNKNOWN
  }

  enum Authority {
    DECIDES,
    INFLUENCES,
    NONE,
    UNKNOWN
  }

  /** The facts, by their ids, that answer one of the six questions. */
  record Evidence(String question, List<String> facts) {
    Evidence {
      if (!QUESTIONS.contains(question)) throw new IllegalArgumentException("unknown question");
      facts = facts == null ? List.of() : List.copyOf(facts);
    }
  }

  Reading {
    if (Stream.of(industryFit, seniority, need, budget, urgency, authority).anyMatch(answer -> answer == null))
      throw new IllegalArgumentException("a question is not answered");
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    reasoning = words(reasoning);
    engagement = words(engagement);
    talkingPoints = talkingPoints == null ? List.of() : List.copyOf(talkingPoints);
  }

  private static String words(String text) {
    if (text == null || text.isBlank()) return null;
    if (text.length() > LONGEST) throw new IllegalArgumentException("a text is too long");
    return text.strip();
  }

  /** Without what no fact of the dossier speaks for. */
  Reading provenBy(Dossier dossier) {
    var facts = dossier.facts().stream().map(Fact::id).collect(Collectors.toSet());
    var proven = evidence.stream()
        .map(known -> new Evidence(known.question(), known.facts().stream().filter(facts::contains).toList()))
        .filter(known -> !known.facts().isEmpty())
        .toList();
    var questions = proven.stream().map(Evidence::question).toList();
    return new Reading(
        questions.contains(INDUSTRY_FIT) ? industryFit : IndustryFit.UNKNOWN,
        questions.contains(SENIORITY) ? seniority : Seniority.UNKNOWN,
        questions.contains(NEED) ? need : Need.UNKNOWN,
        questions.contains(BUDGET) ? budget : Budget.UNKNOWN,
        questions.contains(URGENCY) ? urgency : Urgency.UNKNOWN,
        questions.contains(AUTHORITY) ? authority : Authority.UNKNOWN,
        proven,
        reasoning,
        engagement,
        Cited.proven(talkingPoints, dossier, MOST_POINTS));
  }

  /** With the words of another reading wherever this one has none. */
  Reading orWordsOf(Reading other) {
    return new Reading(
        industryFit, seniority, need, budget, urgency, authority, evidence,
        reasoning == null ? other.reasoning : reasoning,
        engagement == null ? other.engagement : engagement,
        talkingPoints.isEmpty() ? other.talkingPoints : talkingPoints);
  }

  /** Too little is known to judge: fewer than three of the six, or only who they are and nothing of what they want. */
  boolean abstains() {
    return answers().stream().filter(answer -> !answer.name().equals("UNKNOWN")).count() < 3
        || need == Need.UNKNOWN && budget == Budget.UNKNOWN && urgency == Urgency.UNKNOWN;
  }

  /** The six answers, in the order of the questions. */
  List<Enum<?>> answers() {
    return List.of(industryFit, seniority, need, budget, urgency, authority);
  }

  /** The six answers by question, in the words of the tables. */
  Map<String, String> answersInWords() {
    var answers = new LinkedHashMap<String, String>();
    answers.put(INDUSTRY_FIT, word(industryFit));
    answers.put(SENIORITY, word(seniority));
    answers.put(NEED, word(need));
    answers.put(BUDGET, word(budget));
    answers.put(URGENCY, word(urgency));
    answers.put(AUTHORITY, word(authority));
    return answers;
  }

  static String word(Enum<?> answer) {
    return answer.name().toLowerCase(Locale.ROOT);
  }
}
