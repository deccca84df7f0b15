package dev.leadline.reading;

import dev.leadline.reading.Classified.Referred;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who else is named in a text: a name behind words that introduce one, an address, or both. */
final class People {

  private static final Pattern ADDRESS = Pattern.compile("[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");
  private static final String WORD = "\\p{Lu}[\\p{L}'’-]+";
  private static final String NAME = WORD + "(?:(?: (?:de|van|von|der|den|la|le|di|da|del|du|zu))* " + WORD + "){1,2}";
  private static final Pattern BEFORE_ADDRESS = Pattern.compile("(" + NAME + ")[\\s(<\\[:,–-]{1,4}$");
  private static final Pattern FULL_NAME = Pattern.compile(NAME);

  private final Pattern introduces;
  private final Pattern deals;

  /**
   * @param introduces what may stand before a full name
   * @param deals verbs that make the one word before them a name
   */
  People(List<String> introduces, List<String> deals) {
    this.introduces = Plain.anyOf(introduces);
    this.deals = Pattern.compile("(?:^|[.!?]\\s+)(" + WORD + "(?: " + WORD + ")?) (?:" + String.join("|", deals) + ")(?!\\p{L})");
  }

  Optional<Referred> in(String text) {
    Matcher address = ADDRESS.matcher(text);
    String mail = address.find() ? address.group().replaceAll("[.-]+$", "") : null;
    String name = mail == null ? null : named(BEFORE_ADDRESS.matcher(text.substring(0, address.start())));
    if (name == null) name = introduced(text);
    if (name == null) name = named(deals.matcher(text));
    return name == null && mail == null ? Optional.empty() : Optional.of(new Referred(name, mail));
  }

  private String named(Matcher found) {
    return found.find() ? untitled(found.group(1)) : null;
  }

  /** The first full name with a word before it that introduces somebody, in the same sentence. */
  private String introduced(String text) {
    return FULL_NAME.matcher(text).results()
        .filter(name -> {
          String before = text.substring(0, name.start());
          String sentence = before.substring(Math.max(before.lastIndexOf(". "), before.lastIndexOf('\n')) + 1);
          return introduces.matcher(Plain.of(sentence)).find() || !untitled(name.group()).equals(name.group());
        })
        .map(name -> untitled(name.group()))
        .findFirst().orElse(null);
  }

  /** "Frau Sabine Wolf" is Sabine Wolf. */
  private String untitled(String name) {
    int blank = name.indexOf(' ');
    return blank > 0 && introduces.matcher(Plain.of(name.substring(0, blank))).matches()
        ? untitled(name.substring(blank + 1))
        : name;
  }
}
