package dev.leadline.enrichment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What the table enrichment-plan decided for a lead.
 *
 * @param providers in the order they are asked
 * @param cap what one lead may cost, in the currency of the providers' prices
 * @param fields what is wanted
 * @param because the table's reason
 */
record Plan(List<String> providers, BigDecimal cap, Set<Field> fields, String because) {

  Plan {
    providers = providers == null ? List.of() : List.copyOf(providers);
    cap = cap == null ? BigDecimal.ZERO : cap;
    fields = fields == null ? Set.of() : Set.copyOf(fields);
  }
}
