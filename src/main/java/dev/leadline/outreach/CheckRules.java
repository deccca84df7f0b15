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

  private record File(List<String> harmless, List<String> beginnings, List<String> banned) {}

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
