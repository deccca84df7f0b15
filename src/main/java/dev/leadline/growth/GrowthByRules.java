package dev.leadline.growth;

import dev.leadline.growth.Outlook.Competition;
import dev.leadline.growth.Outlook.Finding;
import dev.leadline.growth.Outlook.Market;
import dev.leadline.growth.Outlook.Potential;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads growth out of a dossier without a model: phrases and numbers of people from rules/analyse-growth.yaml. */
@Component
class GrowthByRules {

  private final File file = Rules.read("analyse-growth", File.class);
  private final List<Signs> market = signs(file.market());
  private final List<Signs> competition = signs(file.competition());
  private final Pattern people = Pattern.compile(
      "(\\d{1,3}(?:[.,’' ]\\d{3})+|\\d+)\\s+(?:[\\p{L}-]+\\s+){0,2}" + Rules.anyOf(file.people()).pattern(),
      Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** The file as it is written. */
  private record File(
      Map<String, Written> market, Map<String, Written> competition, List<String> people, List<Size> potential) {}

  /** @param kinds of fact that say so whatever their words; may be missing */
  private record Written(String says, List<String> kinds, List<String> phrases) {}

  /** From how many people on. */
  private record Size(int people, String is, String says) {}

  private record Signs(String is, String says, List<String> kinds, Pattern phrases) {

    boolean in(Fact fact) {
      return kinds.contains(fact.kind()) || phrases.matcher(fact.quote()).find();
    }
  }

  private static List<Signs> signs(Map<String, Written> written) {
    return written.entrySet().stream()
        .map(one -> new Signs(
            one.getKey().toUpperCase(Locale.ROOT), one.getValue().says(),
            one.getValue().kinds() == null ? List.of() : one.getValue().kinds(),
            Rules.anyOf(one.getValue().phrases())))
        .toList();
  }

  Outlook read(Dossier dossier) {
    var findings = new ArrayList<Finding>();
    return new Outlook(
        Market.valueOf(first(Outlook.MARKET, market, dossier, findings)),
        Competition.valueOf(first(Outlook.COMPETITION, competition, dossier, findings)),
        Potential.valueOf(potential(dossier, findings)),
        findings);
  }

  private static String first(String question, List<Signs> signs, Dossier dossier, List<Finding> findings) {
    for (Signs sign : signs) {
      var facts = dossier.facts().stream()
          .filter(sign::in)
          .map(Fact::id)
          .limit(3)
          .toList();
      if (facts.isEmpty()) continue;
      findings.add(new Finding(question, sign.says(), facts));
      return sign.is();
    }
    return "UNKNOWN";
  }

  private String potential(Dossier dossier, List<Finding> findings) {
    for (Fact fact : dossier.facts()) {
      var count = peopleIn(fact.quote());
      if (count.isEmpty()) continue;
      for (Size size : file.potential()) {
        if (count.getAsInt() < size.people()) continue;
        findings.add(new Finding(Outlook.POTENTIAL, size.says(), List.of(fact.id())));
        return size.is().toUpperCase(Locale.ROOT);
      }
    }
    return "UNKNOWN";
  }

  private OptionalInt peopleIn(String quote) {
    var found = people.matcher(quote);
    if (!found.find()) return OptionalInt.empty();
    String digits = found.group(1).replaceAll("\\D", "");
    return digits.length() > 7 ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }
}
