package dev.leadline.outreach;

import dev.leadline.lead.Lead;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be said to one lead: the numbers, names, links and addresses that somebody vouches for. */
final class Claims {

  private static final String NOT_KNOWN = "the %s “%s” is neither in the dossier nor in the sender's profile";
  private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}");
  private static final Pattern LINK = Pattern.compile(
      "(?i)(?:https?://|www\\.)[^\\s<>\"“”)]+"
          + "|(?<![@\\p{L}\\p{N}.-])(?:[a-z0-9-]+\\.)+"
          + "(?:com|net|org|io|ai|eu|de|fr|es|it|nl|pl|uk|co|us|ch|at|app|dev|info|biz|example)"
          + "(?:/[^\\s<>\"“”)]*)?(?![\\p{L}\\p{N}@])");
  private static final Pattern NAME = Pattern.compile(
      "(?<![\\p{L}\\p{N}])\\p{Lu}[\\p{L}\\p{N}'’&-]*(?:[ \\u00a0](?:&[ ])?\\p{Lu}[\\p{L}\\p{N}'’&-]*)*");
  private static final Pattern NOUN = Pattern.compile("\\p{Lu}\\p{Ll}+");
  private static final Pattern VERB = Pattern.compile(
      "(?i)^[ ](?:is|are|was|has|have|had|uses?|used|cuts?|saves?|saved|reduces?|reduced|runs?|ran|chose|chooses"
          + "|trusts?|trusted|works?|worked|did|does|moved|went|got|gained|achieved|halved|doubled|and)(?![\\p{L}])");

  private final String everything;
  private final Set<String> numbers;
  private final Set<String> addresses;
  private final Set<String> hosts;
  private final CheckRules rules;
  private final boolean nouns;

  Claims(Lead lead, Dossier dossier, SenderProfile sender, CheckRules rules) {
    this(lead, dossier, sender, rules, "", false);
  }

  /**
   * @param vouched what others vouch for in this draft, links included
   * @param nouns whether its language writes every noun with a capital, so that a capital alone makes no name
   */
  Claims(Lead lead, Dossier dossier, SenderProfile sender, CheckRules rules, String vouched, boolean nouns) {
    this.rules = rules;
    this.nouns = nouns;
    String said = Stream.concat(
            Stream.of(
                vouched, lead.name(), lead.company(), lead.jobTitle(), lead.leadSource(), lead.projectDescription(),
                lead.website(), sender.asText()),
            dossier.facts().stream().flatMap(Claims::words))
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
    this.everything = " " + plain(said) + " ";
    // The house number of our own address vouches for no figure.
    String claimed = sender.postalAddress() == null ? said : said.replace(sender.postalAddress(), "");
    this.numbers = Set.copyOf(Numbers.in(claimed).values());
    this.addresses = Stream.of(lead.email(), sender.email())
        .filter(Objects::nonNull)
        .map(address -> address.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
    this.hosts = Stream.concat(
            Stream.of(text(sender.website()), text(sender.meetingLink()), lead.website()), found(LINK, vouched).stream())
        .filter(Objects::nonNull)
        .map(Claims::host)
        .collect(Collectors.toSet());
  }

  /** A model puts a fact into words of its own, so only the source's words vouch, and the names of our industries. */
  private static Stream<String> words(Fact fact) {
    return fact.kind().equals("industry") ? Stream.of(fact.text(), fact.quote()) : Stream.of(fact.quote());
  }

  /** What nobody vouches for, in words; links come from the sender and the lead alone, never from a page. */
  List<String> unknownIn(String text) {
    var problems = new ArrayList<String>();
    String rest = text;
    for (String address : foreignAddresses(rest))
      problems.add("the address “%s” belongs neither to the lead nor to the sender".formatted(address));
    rest = ADDRESS.matcher(rest).replaceAll(" ");
    for (String link : foreignLinks(rest))
      problems.add("the link “%s” leads neither to the sender nor to the lead".formatted(link));
    rest = LINK.matcher(rest).replaceAll(" ");
    Numbers.in(rest).forEach((number, value) -> {
      if (!numbers.contains(value)) problems.add(NOT_KNOWN.formatted("number", number));
    });
    for (String name : unknownNames(rest)) problems.add(NOT_KNOWN.formatted("name", name));
    return problems;
  }

  /** Whether a link or an address in it is neither the lead's nor the sender's. */
  boolean leadsAway(String text) {
    return !foreignAddresses(text).isEmpty() || !foreignLinks(ADDRESS.matcher(text).replaceAll(" ")).isEmpty();
  }

  private List<String> foreignAddresses(String text) {
    return found(ADDRESS, text).stream()
        .filter(address -> !addresses.contains(address.toLowerCase(Locale.ROOT)))
        .toList();
  }

  private List<String> foreignLinks(String text) {
    return found(LINK, text).stream().filter(link -> !leadsHome(link)).toList();
  }

  private List<String> unknownNames(String text) {
    var unknown = new ArrayList<String>();
    NAME.matcher(text).results().forEach(found -> {
      var parts = new ArrayList<>(List.of(found.group().split("[ \\u00a0]")));
      if (nouns) {
        parts.stream().filter(part -> !NOUN.matcher(part).matches() && !known(part)).forEach(unknown::add);
        return;
      }
      boolean capitalisedAnyway =
          beginsSentence(text, found.start()) && !namesSomebody(parts, text.substring(found.end()));
      if (capitalisedAnyway) parts.removeFirst();
      while (!parts.isEmpty() && rules.isHarmless(parts.getFirst())) parts.removeFirst();
      while (!parts.isEmpty() && rules.isHarmless(parts.getLast())) parts.removeLast();
      String name = String.join(" ", parts);
      if (!known(name) && !unknown.contains(name)) unknown.add(name);
    });
    return unknown;
  }

  /**
   * The first word of a sentence is capitalised whatever it is; it is part of a name when the whole is a known name, or
   * when it does something ("Siemens uses …") that a pronoun or a common word would not do.
   */
  private boolean namesSomebody(List<String> parts, String rest) {
    if (rules.mayBegin(parts.getFirst())) return false;
    return parts.size() == 1 ? VERB.matcher(rest).find() : known(String.join(" ", parts));
  }

  private boolean known(String name) {
    String plain = plain(name.replaceAll("['’]s(?= |$)", ""));
    return plain.isEmpty() || everything.contains(" " + plain + " ");
  }

  private static boolean beginsSentence(String text, int start) {
    int i = start - 1;
    while (i >= 0 && " \t\u00a0“”\"'‘’(–—-•*".indexOf(text.charAt(i)) >= 0) i--;
    return i < 0 || ".!?:…\n".indexOf(text.charAt(i)) >= 0;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results()
        .map(MatchResult::group)
        .map(hit -> hit.replaceAll("[.,;:!?]+$", ""))
        .distinct()
        .toList();
  }

  /** To the sender's or the lead's own host, and nothing in the link that could hide another one. */
  private boolean leadsHome(String link) {
    return link.chars().noneMatch(c -> c == '@' || c == '\\') && hosts.contains(host(link));
  }

  private static String host(String link) {
    return link.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("^www\\.", "")
        .replaceAll("[/?#:].*$", "");
  }

  private static String text(URI address) {
    return address == null ? null : address.toString();
  }

  /** Words in lower case with single spaces between them. */
  static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
