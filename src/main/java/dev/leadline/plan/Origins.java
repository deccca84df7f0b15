package dev.leadline.plan;

import dev.leadline.research.Rules;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Where leads come from, by the words of their lead source (rules/origins.yaml). */
@Component
public class Origins {

  private static final Origin OTHER = new Origin("other", null, null);

  private final List<Origin> origins = Rules.read("origins", File.class).origins().stream()
      .map(origin -> new Origin(origin.is(), origin.says(), Rules.anyOf(origin.sources())))
      .toList();

  private record File(List<Written> origins) {}

  private record Written(String is, List<String> sources, String says) {}

  /**
   * One kind of origin.
   *
   * @param is a word of the table touch-plan
   * @param says how the lead came to us, as a sentence to them; null when there is nothing to say
   */
  public record Origin(String is, String says, Pattern sources) {}

  /** The first that knows the lead source. */
  public Origin of(String leadSource) {
    return leadSource == null
        ? OTHER
        : origins.stream().filter(origin -> origin.sources().matcher(leadSource).find()).findFirst().orElse(OTHER);
  }
}
