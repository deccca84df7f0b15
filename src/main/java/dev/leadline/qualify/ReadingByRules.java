package dev.leadline.qualify;

import dev.leadline.qualify.Reading.Authority;
import dev.leadline.qualify.Reading.Budget;
import dev.leadline.qualify.Reading.Evidence;
import dev.leadline.qualify.Reading.IndustryFit;
import dev.leadline.qualify.Reading.Need;
import dev.leadline.qualify.Reading.Seniority;
import dev.leadline.qualify.Reading.Urgency;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.OwnWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads a dossier without a model: phrases, job titles and the sender's industries. */
@Component
class ReadingByRules {

  private final OwnWords ownWords;
  private final JobTitles jobTitles;
  private final TargetProfile target;
  private final SellersWords words;

  ReadingByRules(OwnWords ownWords, JobTitles jobTitles, TargetProfile target, SellersWords words) {
    this.ownWords = ownWords;
    this.jobTitles = jobTitles;
    this.target = target;
    this.words = words;
  }

  Reading read(Dossier dossier) {
    var evidence = new ArrayList<Evidence>();
    Seniority seniority = seniority(dossier, evidence);
    Budget budget = graded(dossier, "budget", Reading.BUDGET, Budget.values(), evidence).orElse(Budget.UNKNOWN);
    Urgency urgency = graded(dossier, "timeline", Reading.URGENCY, Urgency.values(), evidence).orElse(Urgency.UNKNOWN);
    Need need = need(dossier, evidence);
    var reading = new Reading(
        industryFit(dossier, evidence),
        seniority,
        need == Need.IMPLIED && isProject(budget, urgency) ? Need.EXPLICIT : need,
        budget,
        urgency,
        authority(dossier, seniority, evidence),
        evidence, null, null, List.of());
    return words.of(reading, dossier);
  }

  /** Whoever has money for a problem, or a date by which it is gone, looks for something. */
  private static boolean isProject(Budget budget, Urgency urgency) {
    return budget == Budget.STATED
        || budget != Budget.NONE && (urgency == Urgency.NOW || urgency == Urgency.QUARTER);
  }

  private IndustryFit industryFit(Dossier dossier, List<Evidence> evidence) {
    return dossier.first("industry").map(industry -> {
      evidence.add(new Evidence(Reading.INDUSTRY_FIT, List.of(industry.id())));
      return target.fitOf(industry.text());
    }).orElse(IndustryFit.UNKNOWN);
  }

  private Seniority seniority(Dossier dossier, List<Evidence> evidence) {
    return dossier.first("person").map(person -> {
      Seniority seniority = jobTitles.of(person.quote());
      if (seniority != Seniority.UNKNOWN) evidence.add(new Evidence(Reading.SENIORITY, List.of(person.id())));
      return seniority;
    }).orElse(Seniority.UNKNOWN);
  }

  /** An explicit need counts wherever it stands; work by hand described on the website implies one. */
  private Need need(Dossier dossier, List<Evidence> evidence) {
    for (Need need : List.of(Need.NONE, Need.EXPLICIT, Need.IMPLIED)) {
      var facts = dossier.facts().stream()
          .filter(fact -> fact.kind().equals("need") && word(fact, "need").equals(Reading.word(need))
              || fact.kind().equals("pain") && need == Need.IMPLIED)
          .map(Fact::id)
          .toList();
      if (facts.isEmpty()) continue;
      evidence.add(new Evidence(Reading.NEED, facts));
      return need;
    }
    return Need.UNKNOWN;
  }

  /** What they say themselves; else an owner or executive is taken to decide. */
  private Authority authority(Dossier dossier, Seniority seniority, List<Evidence> evidence) {
    var said = graded(dossier, "authority", Reading.AUTHORITY, Authority.values(), evidence);
    if (said.isPresent() || seniority != Seniority.EXECUTIVE) return said.orElse(Authority.UNKNOWN);
    dossier.first("person").ifPresent(title -> evidence.add(new Evidence(Reading.AUTHORITY, List.of(title.id()))));
    return Authority.DECIDES;
  }

  /** The first fact of a kind that a phrase grades. */
  private <E extends Enum<E>> Optional<E> graded(
      Dossier dossier, String kind, String question, E[] grades, List<Evidence> evidence) {
    for (Fact fact : dossier.facts()) {
      if (!fact.kind().equals(kind)) continue;
      String grade = word(fact, kind).toUpperCase(Locale.ROOT);
      var known = Arrays.stream(grades).filter(value -> value.name().equals(grade)).findFirst();
      if (known.isEmpty()) continue;
      evidence.add(new Evidence(question, List.of(fact.id())));
      return known;
    }
    return Optional.empty();
  }

  private String word(Fact fact, String kind) {
    return ownWords.grade(kind, fact.quote()).map(OwnWords.Grade::name).orElse("");
  }
}
