package dev.leadline.enrichment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the table enrichment-plan decided for a lead.
 *
 * @param providers in the order they are asked
 * @param cap what one lead may cost, in the currency of the providers' prices
 * @param fields what is wanted
 * @param because the table's reason
 * @param unknown fields of the table that there are not; who wrote them is told on the timeline
 */
record Plan(List<String> providers, BigDecimal cap, Set<Field> fields, String because, List<String> unknown) {

  static final Plan NOBODY = new Plan(List.of(), BigDecimal.ZERO, Set.of(), null);

  Plan(List<String> providers, BigDecimal cap, Set<Field> fields, String because) {
    this(providers, cap, fields, because, List.of());
  }

  /** As the table writes it. */
  @JsonCreator
  static Plan of(
      @JsonProperty("providers") List<String> providers, @JsonProperty("cap") BigDecimal cap,
      @JsonProperty("fields") List<String> fields, @JsonProperty("because") String because) {
    List<String> wanted = fields == null ? List.of() : fields.stream().filter(Objects::nonNull).toList();
    return new Plan(
        providers == null ? List.of() : providers.stream().filter(Objects::nonNull).toList(),
        cap == null ? BigDecimal.ZERO : cap,
        wanted.stream().map(Field::named).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet()),
        because,
        wanted.stream().filter(field -> Field.named(field).isEmpty()).toList());
  }
}
