package dev.leadline.outreach;

import java.util.HashMap;
import java.util.Map;

/**
 * What a template may speak of: the variables that are known, and the facts they come from.
 *
 * @param values by variable; a variable that is missing is not known
 * @param facts id of the fact behind a variable, where there is one
 */
record Material(Map<String, String> values, Map<String, String> facts) {

  /** Shorter values (a name, a topic) may be said again. */
  private static final int SENTENCE = 25;

  Material {
    values = Map.copyOf(values);
    facts = Map.copyOf(facts);
  }

  /** Without the sentences that were sent before, and with what a conversation under way adds. */
  Material goingOn(Conversation conversation) {
    var left = new HashMap<>(values);
    left.values().removeIf(value -> value.length() >= SENTENCE && !value.contains("://") && conversation.contains(value));
    conversation.subject().ifPresent(subject -> left.put("subject", subject));
    if (conversation.spoken()) left.put("spoken", "yes");
    return new Material(left, facts);
  }
}
