package dev.leadline.timeline;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One thing that happened to a lead.
 *
 * @param id the lead's, then what happened (a job's key, a touch), so that a repeated job writes the same entry; with
 *     the lead, because an engine that begins anew gives the same keys again
 * @param step id of the job type, form or page action, for example research-lead
 * @param by who or what decided: a person's name, a table's id, a model's name
 * @param text one sentence for a sales lead
 * @param details further lines: table rows hit, evidence, problems, an error in words
 */
@Document("timeline")
public record TimelineEntry(
    @Id String id,
    @Indexed String leadId,
    Instant at,
    String step,
    Actor actor,
    String by,
    String text,
    List<String> details) {

  static String id(String leadId, String what) {
    return leadId + "/" + what;
  }

  /** What happened, among all that happened to the lead. */
  public String what() {
    return id.startsWith(leadId + "/") ? id.substring(leadId.length() + 1) : id;
  }

  /** By what links find it on the lead's page: letters and digits. */
  public String mark() {
    return "e" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }

  /** What kind of thing decided. */
  public enum Actor {
    LEAD,
    MODEL,
    RULES,
    TABLE,
    PERSON,
    SYSTEM
  }
}
