package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords.Field;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Leadline writes into the CRM, under leadline.crm.
 *
 * @param dryRun nothing is written; what would be is said on the page
 * @param truth whose word counts, field by field; what is not named is the CRM's
 * @param stages the only stages that are written back
 * @param reasons the only reasons
 * @param retry pauses before the second, third, … attempt
 * @param atOnce most leads that are written at the same time
 * @param keep how long it is shown what was written
 * @param askEvery how often a CRM is asked that does not tell by itself what was changed
 * @param publicAddress under which colleagues reach the pages of leads
 */
@ConfigurationProperties("leadline.crm")
public record CrmSettings(
    @DefaultValue("false") boolean dryRun,
    Map<Field, Truth> truth,
    Set<String> stages,
    Set<String> reasons,
    @DefaultValue({"10s", "1m", "5m", "30m", "2h", "6h"}) List<Duration> retry,
    @DefaultValue("4") int atOnce,
    @DefaultValue("30d") Duration keep,
    @DefaultValue("1m") Duration askEvery,
    @DefaultValue("http://localhost:8080") URI publicAddress) {

  /** Whose word counts for a field. */
  public enum Truth {
    /** Ours: what the CRM has is overwritten. */
    LEADLINE,
    /** The CRM's: it is filled in where it is empty, and never changed. */
    CRM,
    /** Nobody's: it is not written at all. */
    NEVER
  }

  public CrmSettings {
    truth = truth == null ? Map.of() : Map.copyOf(truth);
    stages = stages == null ? Set.of() : Set.copyOf(stages);
    reasons = reasons == null ? Set.of() : Set.copyOf(reasons);
  }

  Truth truthOf(Field field) {
    return switch (field) {
      // What makes the record ours, and whose it is, is not a matter of taste.
      case ID -> Truth.LEADLINE;
      default -> truth.getOrDefault(field, Truth.CRM);
    };
  }

  public URI page(String leadId) {
    return URI.create(publicAddress.toString().replaceFirst("/+$", "") + "/leads/" + leadId);
  }
}
