package dev.leadline.qualify;

import dev.leadline.qualify.Reading.IndustryFit;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom the sender sells to, by the names of industries in rules/website.yaml.
 *
 * @param industries those the sender knows best
 * @param neighbours those that fit as well, if less
 */
@ConfigurationProperties("leadline.icp")
record TargetProfile(List<String> industries, List<String> neighbours) {

  TargetProfile {
    industries = industries == null ? List.of() : List.copyOf(industries);
    neighbours = neighbours == null ? List.of() : List.copyOf(neighbours);
  }

  IndustryFit fitOf(String industry) {
    if (industries.stream().anyMatch(industry::equalsIgnoreCase)) return IndustryFit.HIGH;
    if (neighbours.stream().anyMatch(industry::equalsIgnoreCase)) return IndustryFit.MEDIUM;
    return IndustryFit.LOW;
  }
}
