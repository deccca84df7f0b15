package dev.leadline.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.plan.Strategy.Approach;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Chooses an approach without a model: the first of rules/plan-campaign.yaml whose answers and facts are there. */
@Component
class StrategyByRules {

  private final List<Choice> choices = Rules.read("plan-campaign", File.class).approaches();

  private record File(List<Choice> approaches) {}

  /**
   * @param when answers of the assessment and of the growth analysis that must be so
   * @param facts kinds of fact of which one must be known; none for an approach that fits always
   */
  private record Choice(
      String approach, Map<String, String> when, @JsonProperty("one of") List<String> facts, String why) {

    boolean fits(Map<String, String> answers, Dossier dossier) {
      return (when == null || when.entrySet().stream().allMatch(is -> is.getValue().equals(answers.get(is.getKey()))))
          && (facts == null || facts.stream().anyMatch(kind -> dossier.first(kind).isPresent()));
    }
  }

  /** @param points talking points, the best first */
  Strategy choose(Map<String, String> answers, Dossier dossier, List<Cited> points) {
    var choice = choices.stream()
        .filter(one -> one.fits(answers, dossier))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("plan-campaign.yaml has no approach that always fits"));
    return new Strategy(
        Approach.valueOf(choice.approach().toUpperCase(Locale.ROOT)), choice.why(),
        points.stream().limit(Strategy.MOST_POINTS).toList());
  }
}
