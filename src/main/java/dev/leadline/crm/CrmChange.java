package dev.leadline.crm;

import java.time.Instant;

/**
 * Something that a colleague changed about a person in the CRM.
 *
 * @param id the same whenever the same change is told
 * @param person the CRM's id of the person
 * @param value the new owner as the CRM names them, the CRM's word for the new stage in lower case, or true
 */
public record CrmChange(String id, String person, What what, String value, Instant at) {

  /** What was changed. */
  public enum What {
    OWNER,
    STAGE,
    DO_NOT_CONTACT
  }
}
