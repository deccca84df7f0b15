package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.CompanyCase;
import dev.leadline.evals.Corpus.LeadCase;
import dev.leadline.growth.Analysed;
import dev.leadline.meeting.Brief;
import dev.leadline.meeting.Briefed;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a seller is told before a conversation: whether it takes up what matters to the lead, asks what is open and
 * nothing that was said, and claims no number of its own.
 */
final class BriefSellerExam implements Exam {

  /** Which of the six facts a question is about, by the words it cannot do without; their place in the truth. */
  private static final Map<Integer, Pattern> ASKED = new LinkedHashMap<>(Map.of(
      3, Pattern.compile("(?i)budget|money|cost|spend|price|fund"),
      4, Pattern.compile("(?i)\\bwhen\\b|\\bdate\\b|deadline|how soon|timeline|time frame|by what time"),
      5, Pattern.compile("(?i)\\bdecide|decision|\\bagree\\b|\\bsigns?\\b|approv|who else")));
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d.,']*\\d|\\d");

  @Override
  public String step() {
    return "brief-seller";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    Map<String, CompanyCase> companies =
        Corpus.companies().stream().collect(Collectors.toMap(CompanyCase::host, Function.identity()));
    for (LeadCase lead : Corpus.leads()) {
      if (!List.of("A", "B", "C").contains(lead.band())) continue;
      String id = lead.id();
      lead.register(steps);
      Researched.by(steps, id);
      Assessed.by(steps, id);
      Analysed.by(steps, id);
      Brief brief = sheet.timed(() -> Briefed.by(steps, id));
      questions(lead, brief, sheet);
      content(lead, companies.get(lead.site()), brief, steps.dossier(id), sheet);
    }
  }

  /** Someone with no need has nothing to be asked about money and dates. */
  private static void questions(LeadCase lead, Brief brief, Sheet sheet) {
    if (lead.truth().get(2).equals("none")) return;
    ASKED.forEach((place, words) -> {
      boolean asked = brief.questions().stream().anyMatch(question -> words.matcher(question).find());
      boolean open = lead.truth().get(place).equals("unknown");
      sheet.mark(
          open ? "asks what is open" : "asks nothing that was said", lead.id() + " " + place, lead.heldOut(),
          asked == open, "%s is %s; asks %s".formatted(words, lead.truth().get(place), brief.questions()));
    });
  }

  private static void content(LeadCase lead, CompanyCase company, Brief brief, Dossier dossier, Sheet sheet) {
    List<Fact> cited = Stream.concat(brief.whyNow().stream(), brief.points().stream())
        .flatMap(sentence -> sentence.facts().stream())
        .flatMap(fact -> dossier.fact(fact).stream())
        .toList();
    if (List.of("explicit", "implied").contains(lead.truth().get(2)))
      sheet.mark(
          "takes up their need", lead.id(), lead.heldOut(),
          cited.stream().anyMatch(fact -> List.of("need", "pain").contains(fact.kind())), quotes(cited));
    if (company != null)
      for (String pain : company.truth().pains())
        sheet.mark(
            "takes up what costs them time", lead.id(), lead.heldOut(),
            cited.stream().anyMatch(fact -> holds(fact.quote(), pain) || holds(pain, fact.quote())),
            pain + ", but " + quotes(cited));
    String known = dossier.facts().stream().map(Fact::quote).collect(Collectors.joining(" ")) + " " + lead;
    var own = sentences(brief)
        .flatMap(sentence -> NUMBER.matcher(sentence).results().map(found -> found.group()))
        .filter(number -> !known.contains(number))
        .toList();
    sheet.mark("no number of its own", lead.id(), lead.heldOut(), own.isEmpty(), own.toString());
  }

  private static Stream<String> sentences(Brief brief) {
    return Stream.of(
            Stream.of(brief.who()), brief.whyNow().stream().map(Cited::text), brief.points().stream().map(Cited::text),
            brief.questions().stream(), brief.objections().stream().map(Brief.Objection::text))
        .flatMap(Function.identity());
  }

  private static boolean holds(String text, String words) {
    return text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }

  private static String quotes(List<Fact> facts) {
    return facts.stream().map(Fact::quote).toList().toString();
  }
}
