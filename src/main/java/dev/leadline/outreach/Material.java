package dev.leadline.outreach;

import java.util.Map;

/**
 * What a template may speak of: the variables that are known, and the facts they come from.
 *
 * @param values by variable; a variable that is missing is not known
 * @param facts id of the fact behind a variable, where there is one
 */
record Material(Map<String, String> values, Map<String, String> facts) {

  Material {
    values = Map.copyOf(values);
    facts = Map.copyOf(facts);
  }
}
