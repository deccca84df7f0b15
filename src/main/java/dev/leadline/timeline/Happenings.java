package dev.leadline.timeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which entries of the timeline are told to others, by rules/happenings.yaml. */
public final class Happenings {

  private static final List<Row> ROWS = read();

  private Happenings() {}

  /**
   * One row: an entry fits when everything fits that the row names.
   *
   * @param id expression that fits the whole id of the entry
   */
  private record Row(String event, String step, Pattern id, Actor actor, String touch) {
    boolean fits(TimelineEntry entry) {
      return step.equals(entry.step())
          && (id == null || id.matcher(entry.id()).matches())
          && (actor == null || actor == entry.actor());
    }
  }

  public static Optional<Happening> of(TimelineEntry entry) {
    return ROWS.stream().filter(row -> row.fits(entry)).findFirst()
        .map(row -> new Happening(row.event(), entry.id(), entry.leadId(), row.touch(), entry.at()));
  }

  /** The names of all events, each once. */
  public static List<String> events() {
    return ROWS.stream().map(Row::event).distinct().sorted().collect(Collectors.toUnmodifiableList());
  }

  private static List<Row> read() {
    try (InputStream file = Happenings.class.getResourceAsStream("/rules/happenings.yaml")) {
      return new YAMLMapper().readValue(file, new TypeReference<List<Row>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("rules/happenings.yaml", e);
    }
  }
}
