package dev.leadline.plan;

import dev.leadline.agent.Answer;
import dev.leadline.research.Cited;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How one campaign goes about one lead.
 *
 * @param campaign outreach or nurture
 * @param approach answer, relief, moment or introduction
 * @param why in one or two sentences, for our own people
 * @param origin where the lead came from, a word of rules/origins.yaml
 * @param interest what they are interested in, a topic of rules/interests.yaml; null when it is not known
 * @param points what to speak of, each with its facts
 */
@Document("plans")
public record Plan(
    @Id String id,
    String leadId,
    String campaign,
    String approach,
    String why,
    String origin,
    String interest,
    List<Cited> points,
    Answer.Source source,
    Instant writtenAt) {

  public static String id(String leadId, String campaign) {
    return leadId + "-" + campaign;
  }
}
