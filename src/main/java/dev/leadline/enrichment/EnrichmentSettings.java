package dev.leadline.enrichment;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what providers said may be used.
 *
 * @param fresh without asking again
 * @param fields where a field stays fresh longer or shorter
 * @param keep how long what is no longer fresh may be used once more, while it is asked for again
 */
@ConfigurationProperties("leadline.enrichment")
record EnrichmentSettings(
    @DefaultValue("24h") Duration fresh, @DefaultValue Map<Field, Duration> fields,
    @DefaultValue("30d") Duration keep) {

  /** As long as the shortest of these fields; without any, as long as anything. */
  Duration fresh(Collection<Field> wanted) {
    return wanted.stream().map(field -> fields.getOrDefault(field, fresh)).min(Comparator.naturalOrder()).orElse(fresh);
  }
}
