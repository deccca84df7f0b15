package dev.leadline.sending;

import java.util.Map;

/** The decision tables of bpmn/, asked outside of a diagram. */
interface Tables {

  /**
   * What a table answers; empty when no row fits.
   *
   * @throws RuntimeException when the engine is away, or there is no such table
   */
  Map<String, Object> answer(String decision, Map<String, Object> inputs);
}
