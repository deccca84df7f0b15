package dev.leadline.meeting;

import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import java.util.List;

/**
 * What a seller should know before speaking with a lead.
 *
 * @param who whom they meet, in one or two sentences, at most 400 characters
 * @param whyNow what makes this a good moment
 * @param points what to talk about, the best first
 * @param questions what is not known yet
 * @param objections what the lead may say against it, and an answer to that
 */
record Briefing(
    String who, List<Cited> whyNow, List<Cited> points, List<String> questions, List<Objection> objections) {

  private static final int LONGEST = 400;
  private static final int MOST = 6;

  /** Something a lead may say, and what to say to it. */
  public record Objection(String text, String answer) {
    public Objection {
      text = sentence(text);
      answer = sentence(answer);
    }
  }

  Briefing {
    who = sentence(who);
    whyNow = whyNow == null ? List.of() : List.copyOf(whyNow);
    points = points == null ? List.of() : List.copyOf(points);
    questions = questions == null ? List.of() : questions.stream().limit(MOST).map(Briefing::sentence).toList();
    objections = objections == null ? List.of() : objections.stream().limit(MOST).toList();
  }

  private static String sentence(String text) {
    if (text == null || text.isBlank() || text.length() > LONGEST)
      throw new IllegalArgumentException("no usable sentence");
    return text.strip();
  }

  /** Without reasons and points that no fact of the dossier proves. */
  Briefing provenBy(Dossier dossier) {
    return new Briefing(
        who, Cited.proven(whyNow, dossier, MOST), Cited.proven(points, dossier, MOST), questions, objections);
  }

  /** With another one's points where this one has none left. */
  Briefing orPointsOf(Briefing other) {
    return points.isEmpty() ? new Briefing(who, whyNow, other.points, questions, objections) : this;
  }
}
