package dev.leadline.crm.sync;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * That a lead is, or is about to be, a person in the CRM.
 *
 * @param crm name of the CRM
 * @param person the CRM's id; null before it was written
 * @param company the CRM's id; null when there is none
 * @param known what we know of the fields that colleagues change: what is told of them again is no news
 */
@Document("crm_links")
public record Link(
    @Id String leadId, @Version Long version, String crm, @Indexed String person, String company,
    Map<String, String> known, Instant at) {

  static Link wanted(String leadId, String crm, Instant now) {
    return new Link(leadId, null, crm, null, null, Map.of(), now);
  }

  /** The same, to be saved over that version. */
  Link at(Long version) {
    return new Link(leadId, version, crm, person, company, known, at);
  }

  Link written(String person, String company) {
    return new Link(leadId, version, crm, person, company, known, at);
  }

  public Link knowing(String what, String value) {
    var more = new HashMap<>(known);
    if (value == null) more.remove(what);
    else more.put(what, value);
    return new Link(leadId, version, crm, person, company, more, at);
  }
}
