package dev.leadline.outreach;

import dev.leadline.lead.CompanyName;
import dev.leadline.lead.Lead;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.OwnWords;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final CampaignTexts texts;
  private final OwnWords ownWords;

  Materials(SenderProfile sender, CampaignTexts texts, OwnWords ownWords) {
    this.sender = sender;
    this.texts = texts;
    this.ownWords = ownWords;
  }

  /** @param problems what the claim check found in an earlier draft; what it named is left out */
  Material of(Lead lead, Dossier dossier, List<String> problems) {
    var values = new HashMap<String, String>();
    var facts = new HashMap<String, String>();
    put(values, "firstName", FirstName.of(lead.name()).orElse(null));
    put(values, "company", CompanyName.spoken(lead.company()));
    put(values, "jobTitle", lead.jobTitle());
    put(values, "came", texts.came(lead.leadSource()).orElse(null));
    sender(values);

    var used = new HashSet<String>();
    quote("need", Stream.concat(needs(dossier, "explicit"), needs(dossier, "implied")), values, facts, used);
    for (String kind : List.of("pain", "news", "product")) {
      quote(
          kind, dossier.facts().stream().filter(fact -> fact.kind().equals(kind) && !ownWords(fact)),
          values, facts, used);
    }
    topic(lead, dossier, values, facts);

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
    put(values, "website", sender.website() == null ? null : sender.website().toString());
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

  /** What they ask for first, then what their website complains about. */
  private void topic(Lead lead, Dossier dossier, Map<String, String> values, Map<String, String> facts) {
    Optional<CampaignTexts.Topic> asked = dossier.facts().stream()
        .filter(fact -> fact.kind().equals("need"))
        .flatMap(fact -> texts.topic(fact.quote()).stream().peek(topic -> facts.put("topic", fact.id())))
        .findFirst()
        .or(() -> texts.topic(lead.projectDescription()))
        .or(() -> dossier.facts().stream()
            .filter(fact -> fact.kind().equals("pain"))
            .flatMap(fact -> texts.topic(fact.quote()).stream().peek(topic -> facts.put("topic", fact.id())))
            .findFirst());
    asked.ifPresent(topic -> {
      values.put("topic", topic.name());
      values.put("Topic", Character.toUpperCase(topic.name().charAt(0)) + topic.name().substring(1));
      values.put("exercise", topic.exercise());
    });
  }

  /** What the claim check named in quotation marks must not be said again. */
  private static boolean speaksOf(String problem, String value) {
    int from = problem.indexOf('“');
    int to = problem.lastIndexOf('”');
    return from >= 0 && to > from && value.contains(problem.substring(from + 1, to));
  }

  private static void put(Map<String, String> values, String name, String value) {
    if (value != null && !value.isBlank()) values.put(name, value.strip());
  }
}
