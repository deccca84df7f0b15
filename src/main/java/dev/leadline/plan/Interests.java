package dev.leadline.plan;

import dev.leadline.lead.Lead;
import dev.leadline.research.Dossier;
import dev.leadline.research.Fact;
import dev.leadline.research.Rules;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What leads may be interested in, by the words they use (rules/interests.yaml). */
@Component
public class Interests {

  private final List<Topic> topics = Rules.read("interests", File.class).topics().stream()
      .map(topic -> new Topic(topic.name(), Rules.anyOf(List.of(topic.words())), topic.exercise()))
      .toList();

  private record File(List<Written> topics) {}

  private record Written(String name, String words, String exercise) {}

  private record Topic(String name, Pattern words, String exercise) {}

  /**
   * What one lead is interested in.
   *
   * @param exercise something they can do about it without us
   * @param fact id of the fact that says so; null when it is only in the lead's own description
   */
  public record Interest(String topic, String exercise, String fact) {}

  /** What they ask for first, then what their website complains about. */
  public Optional<Interest> of(Lead lead, Dossier dossier) {
    return in(dossier, "need")
        .or(() -> find(lead.projectDescription(), null))
        .or(() -> in(dossier, "pain"));
  }

  private Optional<Interest> in(Dossier dossier, String kind) {
    return dossier.facts().stream()
        .filter(fact -> fact.kind().equals(kind))
        .flatMap(this::in)
        .findFirst();
  }

  private Stream<Interest> in(Fact fact) {
    return find(fact.quote(), fact.id()).stream();
  }

  private Optional<Interest> find(String text, String fact) {
    return text == null
        ? Optional.empty()
        : topics.stream()
            .filter(topic -> topic.words().matcher(text).find())
            .findFirst()
            .map(topic -> new Interest(topic.name(), topic.exercise(), fact));
  }
}
