package dev.leadline.outreach;

import dev.leadline.lead.Lead;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may be said to one lead: the numbers, names, links and addresses that somebody vouches for. */
final class Claims {

  private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}])\\d[\\d.,'’]*(?:\\s?(?:%|percent))?");
  private static final Map<String, String> NUMBER_WORDS = Map.ofEntries(
      Map.entry("two", "2"), Map.entry("three", "3"), Map.entry("four", "4"), Map.entry("five", "5"),
      Map.entry("six", "6"), Map.entry("seven", "7"), Map.entry("eight", "8"), Map.entry("nine", "9"),
      Map.entry("ten", "10"), Map.entry("twelve", "12"), Map.entry("fifteen", "15"), Map.entry("twenty", "20"),
      Map.entry("thirty", "30"), Map.entry("forty", "40"), Map.entry("fifty", "50"), Map.entry("sixty", "60"),
      Map.entry("eighty", "80"), Map.entry("ninety", "90"), Map.entry("hundred", "100"), Map.entry("hundreds", "100"),
      Map.entry("thousand", "1000"), Map.entry("thousands", "1000"), Map.entry("million", "1000000"),
      Map.entry("millions", "1000000"), Map.entry("dozen", "12"), Map.entry("dozens", "12"));
  private static final Pattern NUMBER_WORD = Pattern.compile(
      "(?i)(?<![\\p{L}\\p{N}])(" + String.join("|", NUMBER_WORDS.keySet()) + ")(?![\\p{L}\\p{N}])");

  private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}");
  private static final Pattern LINK = Pattern.compile(
      "(?i)(?:https?://|www\\.)[^\\s<>\"“”)]+|(?<![@\\p{L}\\p{N}.-])(?:[a-z0-9-]+\\.)+(?:com|net|org|io|ai|eu|de|fr|es|uk|co|app|dev|info|biz|example)(?:/[^\\s<>\"“”)]*)?(?![\\p{L}\\p{N}@])");
  private static final Pattern NAME =
      Pattern.compile("\\p{Lu}[\\p{L}\\p{N}'’&-]*(?:[ \\u00a0](?:&[ ])?\\p{Lu}[\\p{L}\\p{N}'’&-]*)*");
  private static final Pattern VERB = Pattern.compile(
      "(?i)^[ ](?:is|are|was|has|have|had|uses?|used|cuts?|saves?|saved|reduces?|reduced|runs?|ran|chose|chooses|trusts?|trusted"
          + "|works?|worked|did|does|moved|went|got|gained|achieved|halved|doubled|and)(?![\\p{L}])");

  private final String everything;
  private final Set<String> numbers;
  private final Set<String> addresses;
  private final Set<String> hosts;
  private final CheckRules rules;

  Claims(Lead lead, Dossier dossier, SenderProfile sender, CheckRules rules) {
    this.rules = rules;
    String said = Stream.concat(
            Stream.of(
                lead.name(), lead.company(), lead.jobTitle(), lead.leadSource(), lead.projectDescription(),
                lead.website(), sender.asText()),
            dossier.facts().stream().flatMap(Claims::words))
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
    this.everything = " " + plain(said) + " ";
    this.numbers = numbersIn(said);
    this.addresses = Stream.of(lead.email(), sender.email())
        .filter(Objects::nonNull)
        .map(address -> address.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
    this.hosts = Stream.of(text(sender.website()), text(sender.meetingLink()), lead.website())
        .filter(Objects::nonNull)
        .map(Claims::host)
        .collect(Collectors.toSet());
  }

  private static Stream<String> words(Fact fact) {
    return Stream.of(fact.text(), fact.quote());
  }

  /** What nobody vouches for, in words; links come from the sender and the lead alone, never from a page. */
  List<String> unknownIn(String text) {
    var problems = new ArrayList<String>();
    String rest = text;
    for (String address : found(ADDRESS, rest))
      if (!addresses.contains(address.toLowerCase(Locale.ROOT)))
        problems.add("the address “%s” belongs neither to the lead nor to the sender".formatted(address));
    rest = ADDRESS.matcher(rest).replaceAll(" ");
    for (String link : found(LINK, rest))
      if (!hosts.contains(host(link)))
        problems.add("the link “%s” leads neither to the sender nor to the lead".formatted(link));
    rest = LINK.matcher(rest).replaceAll(" ");
    for (String number : found(NUMBER, rest))
      if (!numbers.contains(number(number)))
        problems.add("the number “%s” is neither in the dossier nor in the sender's profile".formatted(number.strip()));
    for (String word : found(NUMBER_WORD, rest))
      if (!numbers.contains(NUMBER_WORDS.get(word.toLowerCase(Locale.ROOT))))
        problems.add("the number “%s” is neither in the dossier nor in the sender's profile".formatted(word));
    for (String name : unknownNames(rest))
      problems.add("the name “%s” is neither in the dossier nor in the sender's profile".formatted(name));
    return problems;
  }

  private List<String> unknownNames(String text) {
    var unknown = new ArrayList<String>();
    NAME.matcher(text).results().forEach(found -> {
      var parts = new ArrayList<>(List.of(found.group().split("[ \\u00a0]")));
      if (beginsSentence(text, found.start()) && !namesSomebody(parts, text.substring(found.end()))) parts.removeFirst();
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

  private static Set<String> numbersIn(String text) {
    var numbers = new HashSet<String>();
    found(NUMBER, text).forEach(number -> numbers.add(number(number)));
    found(NUMBER_WORD, text).forEach(word -> numbers.add(NUMBER_WORDS.get(word.toLowerCase(Locale.ROOT))));
    return numbers;
  }

  /** 1,200 and 1200 are the same number; 40 and 40 % are not. */
  private static String number(String found) {
    String digits = found.replaceAll("[.,'’]+(?=\\s|%|$)", "").replaceAll("[,'’](?=\\d{3})", "");
    return digits.replaceAll("\\s*(%|percent)", "%").strip();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).map(hit -> hit.replaceAll("[.,;:!?]+$", "")).distinct()
        .toList();
  }

  private static String host(String link) {
    return link.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("^www\\.", "").replaceAll("[/?#:].*$", "");
  }

  private static String text(URI address) {
    return address == null ? null : address.toString();
  }

  /** Words in lower case with single spaces between them. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
