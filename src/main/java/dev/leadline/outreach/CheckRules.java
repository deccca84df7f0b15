package dev.leadline.outreach;

import dev.leadline.research.Rules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Words the claim check goes by, from rules/check-draft.yaml. */
@Component
class CheckRules {

  private final File file = Rules.read("check-draft", File.class);
  private final Pattern harmless = Rules.anyOf(file.harmless());
  private final Pattern beginnings = Rules.anyOf(file.beginnings());
  private final Pattern banned = Rules.anyOf(file.banned());

  private final Pattern amounts = Rules.anyOf(file.amounts());
  private final Pattern terms = Rules.anyOf(file.terms());
  private final Pattern leaves = Rules.anyOf(file.leaves());

  /**
   * @param amounts of money or discount
   * @param terms words of prices and contracts
   * @param leaves words that leave them to a person
   * @param capitalises languages that write every noun with a capital
   */
  private record File(
      List<String> harmless, List<String> beginnings, List<String> banned, List<String> amounts, List<String> terms,
      List<String> leaves, List<String> capitalises) {}

  boolean capitalisesNouns(String language) {
    return file.capitalises().contains(language);
  }

  /** The first words about a price or terms that neither are our own, sentence by sentence, nor leave it to a person. */
  Optional<String> promisedIn(String text, String ours) {
    String own = Claims.plain(ours);
    for (String sentence : text.split("(?<=[.!?])\\s+|\\n+")) {
      if (sentence.isBlank() || own.contains(Claims.plain(sentence))) continue;
      var amount = amounts.matcher(sentence);
      if (amount.find()) return Optional.of(amount.group());
      var term = terms.matcher(sentence);
      if (term.find() && !leaves.matcher(sentence).find()) return Optional.of(term.group());
    }
    return Optional.empty();
  }

  boolean isHarmless(String word) {
    return harmless.matcher(word).matches();
  }

  /** Whether a sentence may begin with this word before a verb without naming anybody. */
  boolean mayBegin(String word) {
    return beginnings.matcher(word).matches();
  }

  /** The first phrase that no mail of ours contains. */
  Optional<String> bannedIn(String text) {
    var found = banned.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
