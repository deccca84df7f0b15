package dev.leadline.research;

import java.util.List;

/**
 * A sentence for our own people, with the facts of the dossier that prove it.
 *
 * @param text no longer than 300 characters
 * @param facts ids
 */
public record Cited(String text, List<String> facts) {

  private static final int LONGEST = 300;

  public Cited {
    if (text == null || text.isBlank() || text.length() > LONGEST)
      throw new IllegalArgumentException("no usable sentence");
    text = text.strip();
    facts = facts == null ? List.of() : List.copyOf(facts);
  }

  /** Without the sentences, and the citations, that no fact of the dossier proves; at most the first so many. */
  public static List<Cited> proven(List<Cited> said, Dossier dossier, int most) {
    return said.stream()
        .map(one -> new Cited(
            one.text(), one.facts().stream().filter(id -> dossier.fact(id).isPresent()).distinct().toList()))
        .filter(one -> !one.facts().isEmpty())
        .limit(most)
        .toList();
  }
}
