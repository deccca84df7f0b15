package dev.leadline.qualify;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.OwnWords;
import dev.leadline.research.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a seller is told about a lead without a model: reasons, how to engage, talking points (rules/assess-lead.yaml). */
@Component
class SellersWords {

  private final File file = Rules.read("assess-lead", File.class);
  private final OwnWords ownWords;

  SellersWords(OwnWords ownWords) {
    this.ownWords = ownWords;
  }

  /** The file as it is written. */
  private record File(
      @JsonProperty("for") Map<String, Map<String, String>> speaksFor,
      Map<String, Map<String, String>> against,
      @JsonProperty("not known") Map<String, String> notKnown,
      List<Advice> engagement,
      @JsonProperty("talking points") List<Point> points) {}

  private record Advice(Map<String, String> when, String says) {
    boolean fits(Map<String, String> answers) {
      return when.entrySet().stream().allMatch(wanted -> wanted.getValue().equals(answers.get(wanted.getKey())));
    }
  }

  /** @param grade that the fact must have; null for any but "none" */
  private record Point(String fact, String grade, String says) {}

  Reading of(Reading reading, Dossier dossier) {
    var answers = reading.answersInWords();
    return reading.orWordsOf(new Reading(
        reading.industryFit(), reading.seniority(), reading.need(), reading.budget(), reading.urgency(),
        reading.authority(), List.of(), reasoning(answers), engagement(answers), points(dossier)));
  }

  private String reasoning(Map<String, String> answers) {
    var sentences = new ArrayList<String>();
    add(sentences, "For", words(file.speaksFor(), answers));
    add(sentences, "Against", words(file.against(), answers));
    add(sentences, "Not known", answers.entrySet().stream()
        .filter(answer -> answer.getValue().equals("unknown"))
        .map(answer -> file.notKnown().get(answer.getKey()))
        .collect(Collectors.joining(", ")));
    return String.join(" ", sentences);
  }

  private static void add(List<String> sentences, String head, String words) {
    if (!words.isEmpty()) sentences.add(head + ": " + words + ".");
  }

  private static String words(Map<String, Map<String, String>> known, Map<String, String> answers) {
    return answers.entrySet().stream()
        .map(answer -> known.getOrDefault(answer.getKey(), Map.of()).get(answer.getValue()))
        .filter(word -> word != null)
        .collect(Collectors.joining(", "));
  }

  private String engagement(Map<String, String> answers) {
    return file.engagement().stream().filter(advice -> advice.fits(answers)).findFirst().map(Advice::says).orElse(null);
  }

  /** The points whose facts are known, in the order of the file. */
  private List<Cited> points(Dossier dossier) {
    return file.points().stream()
        .flatMap(point -> dossier.facts().stream()
            .filter(fact -> fact.kind().equals(point.fact()) && isGraded(fact, point.grade()))
            .findFirst()
            .map(fact -> new Cited(point.says(), List.of(fact.id())))
            .stream())
        .limit(Reading.MOST_POINTS)
        .toList();
  }

  /** "No need" and "no budget" are nothing to talk about. */
  private boolean isGraded(Fact fact, String wanted) {
    String grade = ownWords.grade(fact.kind(), fact.quote()).map(OwnWords.Grade::name).orElse("");
    return wanted == null ? !grade.equals("none") : grade.equals(wanted);
  }
}
