package dev.leadline.campaign;

import dev.leadline.enrichment.ProspectSearch.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody whom a run has found, and what was said to letting them in.
 *
 * @param id the run and the provider's id of them; also the id of the lead that is made of them
 * @param source name of the provider
 * @param verified whether the provider has made sure that the address exists
 * @param because the verdict in words; null when they were let in, or nobody has judged yet
 * @param leadId the new lead, or the one they are already; null else
 * @param forgetAt when the database deletes them: nobody is remembered for not having been let in
 */
@Document("prospects")
@CompoundIndex(name = "execution", def = "{executionId: 1, state: 1, at: 1}")
record Prospect(
    @Id String id,
    @Version Long version,
    String executionId,
    String source,
    @Indexed String sourceId,
    String name,
    String email,
    boolean verified,
    String jobTitle,
    String company,
    String website,
    String location,
    State state,
    String because,
    @Indexed String leadId,
    Instant at,
    @Indexed(expireAfter = "0s") Instant forgetAt) {

  enum State {
    FOUND("waiting"),
    REGISTERED("a lead now"),
    DUPLICATE("known already"),
    EXCLUDED("excluded"),
    REJECTED("unusable");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String inWords() {
      return words;
    }
  }

  static String id(String executionId, String sourceId) {
    String plain = sourceId.matches("[\\w-]{1,64}") ? sourceId
        : UUID.nameUUIDFromBytes(sourceId.getBytes(StandardCharsets.UTF_8)).toString();
    return executionId + "-" + plain;
  }

  static Prospect of(
      String executionId, String source, String sourceId, Person person, Instant now, Instant forgetAt) {
    return new Prospect(
        id(executionId, sourceId), null, executionId, source, sourceId, person.name(), person.email(),
        person.verified(), person.jobTitle(), person.company(), person.website(), person.location(), State.FOUND, null,
        null, now, forgetAt);
  }

  Prospect judged(State state, String because, String leadId) {
    boolean lead = state == State.REGISTERED || state == State.DUPLICATE;
    return new Prospect(
        id, version, executionId, source, sourceId, name, email, verified, jobTitle, company, website, location, state,
        because, leadId, at, lead ? null : forgetAt);
  }
}
