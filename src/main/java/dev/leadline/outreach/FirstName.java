package dev.leadline.outreach;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name to greet a person by. */
public final class FirstName {

  private static final Pattern TITLE = Pattern.compile(
      "(?i)(mr|mrs|ms|miss|mx|dr|prof|professor|ing|dipl|mag|herr|frau|hr|fr|monsieur|madame|mme|señor|señora|sr|sra"
          + "|sir|dame)\\.?|(?i)(med|phil|jur|rer|nat)\\.|[\\p{L}.]*\\.-?(?i:ing|med|phil|rer|nat|jur)\\.?");
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}'’-]+");

  private FirstName() {}

  /** Empty when the name gives none that a mail could use. */
  public static Optional<String> of(String name) {
    if (name == null) return Optional.empty();
    String[] around = name.split(",", 2);
    String ordered = around.length == 2 && isName(around[1].strip(), around[0])
        ? around[1] + " " + around[0]
        : around[0];
    return Arrays.stream(ordered.strip().split("\\s+"))
        .filter(part -> !TITLE.matcher(part).matches())
        .findFirst()
        .filter(part -> NAME.matcher(part).matches())
        .map(FirstName::cased);
  }

  /** Whether "Berg, Anna" or "Anna Berg, MBA" is meant. */
  private static boolean isName(String afterComma, String beforeComma) {
    boolean degree = isShouted(afterComma) && !isShouted(beforeComma);
    return !afterComma.isEmpty() && !degree && !TITLE.matcher(afterComma).matches();
  }

  private static boolean isShouted(String text) {
    return text.equals(text.toUpperCase(Locale.ROOT));
  }

  /** ANNA and anna are Anna; DeShawn and Jean-Luc stay. */
  private static String cased(String part) {
    boolean whispered = part.equals(part.toLowerCase(Locale.ROOT));
    if (!isShouted(part) && !whispered) return part;
    var cased = new StringBuilder();
    boolean start = true;
    for (char c : part.toLowerCase(Locale.ROOT).toCharArray()) {
      cased.append(start ? Character.toUpperCase(c) : c);
      start = c == '-';
    }
    return cased.toString();
  }
}
