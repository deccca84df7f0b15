package dev.leadline.plan;

import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import java.util.List;
import java.util.Locale;

/**
 * How to go about one lead.
 *
 * @param why one or two sentences for our own people, at most 400 characters
 * @param points what to speak of, in the order of the campaign
 */
record Strategy(Approach approach, String why, List<Cited> points) {

  static final int MOST_POINTS = 5;
  private static final int LONGEST = 400;

  enum Approach {
    /** They asked: answer what they asked. */
    ANSWER,
    /** They describe trouble: offer a way out of it. */
    RELIEF,
    /** Something changes at their company: take it up. */
    MOMENT,
    /** Little is known: say who we are, and ask. */
    INTRODUCTION
  }

  Strategy {
    if (approach == null) throw new IllegalArgumentException("no approach");
    if (why == null || why.isBlank() || why.length() > LONGEST) throw new IllegalArgumentException("no usable reason");
    why = why.strip();
    points = points == null ? List.of() : List.copyOf(points);
  }

  /** Without the points that no fact of the dossier proves; an approach that takes something up needs one. */
  Strategy provenBy(Dossier dossier) {
    var proven = Cited.proven(points, dossier, MOST_POINTS);
    if (proven.isEmpty() && approach != Approach.INTRODUCTION)
      throw new IllegalArgumentException("no fact speaks for the approach");
    return new Strategy(approach, why, proven);
  }

  String approachInWords() {
    return approach.name().toLowerCase(Locale.ROOT);
  }
}
