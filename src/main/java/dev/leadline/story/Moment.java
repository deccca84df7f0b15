package dev.leadline.story;

import dev.leadline.timeline.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One mark on the line of a lead.
 *
 * @param kind what decided or what kind of thing it is; chooses icon and colour
 * @param by null when nobody in particular
 * @param details each one line, or a text with lines of its own
 * @param link path of the page that shows more; null when there is none
 * @param running not over yet
 * @param thought the entry behind which there are questions to a model; null when there are none
 * @param mark by which links find it on the page; null when none do
 */
record Moment(
    Instant at, Kind kind, String by, String text, List<String> details, String link, boolean running,
    String thought, String mark) {

  Moment(Instant at, Kind kind, String by, String text, List<String> details, String link, boolean running) {
    this(at, kind, by, text, details, link, running, null, null);
  }

  enum Kind {
    LEAD("the lead"),
    MODEL("model"),
    RULES("rules"),
    TABLE("table"),
    PERSON("person"),
    SYSTEM("Leadline"),
    WAIT("waiting"),
    INCIDENT("incident");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    public String icon() {
      return switch (this) {
        case WAIT -> "wait";
        case INCIDENT -> "alert";
        default -> name().toLowerCase(Locale.ROOT);
      };
    }
  }

  /** @param thoughts entries that a model was asked for */
  static Moment of(TimelineEntry entry, Set<String> thoughts) {
    return new Moment(
        entry.at(), Kind.valueOf(entry.actor().name()), entry.by(), entry.text(), entry.details(), null, false,
        thoughts.contains(entry.what()) ? entry.what() : null, entry.mark());
  }
}
