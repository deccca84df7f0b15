package dev.leadline.outreach;

import dev.leadline.lead.CompanyName;
import dev.leadline.plan.Interests;
import dev.leadline.plan.Origins;
import dev.leadline.plan.Plan;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.OwnWords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Picks from lead, dossier and sender's profile what a campaign without a model speaks of. */
@Component
class Materials {

  private static final int LONGEST_QUOTE = 170;
  private static final Pattern NOT_QUOTABLE =
      Pattern.compile("https?:|www\\.|@|\\d{6,}|\\+\\d|[<>{}\\[\\]]", Pattern.CASE_INSENSITIVE);

  private final SenderProfile sender;
  private final Origins origins;
  private final Interests interests;
  private final OwnWords ownWords;

  Materials(SenderProfile sender, Origins origins, Interests interests, OwnWords ownWords) {
    this.sender = sender;
    this.origins = origins;
    this.interests = interests;
    this.ownWords = ownWords;
  }

  /** @param problems what the claim check found in an earlier draft; what it named is left out */
  Material of(Ground ground, List<String> problems) {
    var lead = ground.lead();
    var dossier = ground.dossier();
    var values = new HashMap<String, String>();
    var facts = new HashMap<String, String>();
    put(values, "firstName", FirstName.of(lead.name()).orElse(null));
    put(values, "company", lead.company().isBlank() ? "your company" : CompanyName.spoken(lead.company()));
    put(values, "jobTitle", lead.jobTitle());
    var origin = origins.of(lead.leadSource());
    put(values, "came", origin.says());
    put(values, origin.is(), "yes");
    put(values, ground.plan().map(Plan::approach).orElse(null), "yes");
    sender(values);

    var used = new HashSet<String>();
    quote("need", Stream.concat(needs(dossier, "explicit"), needs(dossier, "implied")), values, facts, used);
    for (String kind : List.of("pain", "news", "product")) {
      quote(
          kind, dossier.facts().stream().filter(fact -> fact.kind().equals(kind) && !ownWords(fact)),
          values, facts, used);
    }
    ground.growth().filter(growth -> "growing".equals(growth.answers().get("market")))
        .ifPresent(growth -> values.put("growing", "yes"));
    interests.of(lead, dossier).ifPresent(interest -> {
      values.put("topic", interest.topic());
      values.put("Topic", Character.toUpperCase(interest.topic().charAt(0)) + interest.topic().substring(1));
      values.put("exercise", interest.exercise());
      if (interest.fact() != null) facts.put("topic", interest.fact());
    });

    values.values().removeIf(value -> problems.stream().anyMatch(problem -> speaksOf(problem, value)));
    return new Material(values, facts);
  }

  private Stream<Fact> needs(Dossier dossier, String grade) {
    return dossier.facts().stream()
        .filter(fact -> fact.kind().equals("need") && ownWords(fact))
        .filter(fact -> ownWords.grade("need", fact.quote()).filter(found -> found.name().equals(grade)).isPresent());
  }

  private static boolean ownWords(Fact fact) {
    return fact.source().equals(Fact.OWN_WORDS);
  }

  private void sender(Map<String, String> values) {
    put(values, "senderCompany", sender.company());
    put(values, "senderName", sender.name());
    put(values, "senderTitle", sender.jobTitle());
    put(values, "offer", sender.offer());
    put(values, "meetingLink", sender.meetingLink() == null ? null : sender.meetingLink().toString());
    put(values, "senderWebsite", sender.website() == null ? null : sender.website().toString());
    for (int i = 0; sender.claims() != null && i < sender.claims().size(); i++)
      put(values, "claim" + (i + 1), sender.claims().get(i));
  }

  private static void quote(
      String variable, Stream<Fact> candidates, Map<String, String> values, Map<String, String> facts,
      Set<String> used) {
    candidates
        .filter(fact -> quotable(fact.quote()) && used.add(fact.quote()))
        .findFirst()
        .ifPresent(fact -> {
          values.put(variable, sentence(fact.quote()));
          facts.put(variable, fact.id());
        });
  }

  private static boolean quotable(String quote) {
    return quote.length() >= 15 && quote.length() <= LONGEST_QUOTE && !NOT_QUOTABLE.matcher(quote).find();
  }

  /** Ends like a sentence, so that another one can follow the closing quotation mark. */
  private static String sentence(String quote) {
    return quote.matches(".*[.!?…]") ? quote : quote.replaceAll("[,;:]$", "") + ".";
  }

  /** What the claim check named in quotation marks must not be said again. */
  private static boolean speaksOf(String problem, String value) {
    int from = problem.indexOf('“');
    int to = problem.lastIndexOf('”');
    return from >= 0 && to > from && value.contains(problem.substring(from + 1, to));
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (name != null && value != null && !value.isBlank()) values.put(name, value.strip());
  }
}
