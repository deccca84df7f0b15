package dev.leadline.engine;

import java.util.Locale;

/** The id of an element of a diagram, such as ResearchLead, and what follows from it by our naming. */
public record ElementId(String value) {

  /** The job type of the same name: research-lead. */
  public String jobType() {
    return value.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** For people, where the diagram's label is not at hand: Research lead. */
  public String inWords() {
    var words = jobType().replace('-', ' ').replace('_', ' ');
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
