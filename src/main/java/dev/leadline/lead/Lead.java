package dev.leadline.lead;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A person at a company who may buy, as they introduced themselves, and how far their journey has come.
 *
 * @param id stays the same for life; correlation key and message id of the journey
 * @param address the e-mail address in normal form: the one key by which two leads are the same person
 * @param email the e-mail address as it was given; mail goes here
 * @param score 0 to 100, from the table lead-score; null before it was asked
 * @param route where lead-routing or a person sent the lead: outreach, nurture, person or close
 */
@Document("leads")
public record Lead(
    @Id String id,
    @Version Long version,
    @Indexed(unique = true) String address,
    String email,
    String name,
    String company,
    String website,
    String jobTitle,
    String leadSource,
    String projectDescription,
    @Indexed Start journey,
    @Indexed Stage stage,
    Integer score,
    @Indexed Tier tier,
    String route,
    @Indexed Instant registeredAt,
    @LastModifiedDate Instant changedAt) {

  /** Whether the engine has taken the start message; what is pending is published again. */
  public enum Start {
    PENDING,
    STARTED
  }

  /** Where the lead stands, in the words of the leads page. */
  public enum Stage {
    NEW,
    QUALIFYING,
    WAITING_FOR_PERSON,
    CONTACTING,
    CONTACTED,
    /** They wrote back; what comes of it is in the thread. */
    ANSWERED,
    /** A meeting is booked. */
    MEETING,
    CLOSED,
    SUPPRESSED
  }

  /** Class of a lead by its score; A is best. The limits are in lead-score.dmn. */
  public enum Tier {
    A,
    B,
    C,
    D
  }

  public String firstName() {
    return name.strip().split("\\s+")[0];
  }

  /** The engine has taken the start message. */
  Lead started() {
    return changed(Start.STARTED, stage, score, tier, route);
  }

  public Lead withStage(Stage stage) {
    return changed(journey, stage, score, tier, route);
  }

  /** What the table lead-score said. */
  public Lead withScore(Integer score, Tier tier) {
    return changed(journey, stage, score, tier, route);
  }

  public Lead withRoute(String route) {
    return changed(journey, stage, score, tier, route);
  }

  /** With their own words as this makes them; who is mailed stays. */
  public Lead reworded(UnaryOperator<String> words) {
    return new Lead(
        id, version, address, email, words.apply(name), words.apply(company), website, words.apply(jobTitle),
        words.apply(leadSource), words.apply(projectDescription), journey, stage, score, tier, route, registeredAt,
        changedAt);
  }

  private Lead changed(Start journey, Stage stage, Integer score, Tier tier, String route) {
    return new Lead(
        id, version, address, email, name, company, website, jobTitle, leadSource, projectDescription,
        journey, stage, score, tier, route, registeredAt, changedAt);
  }
}
