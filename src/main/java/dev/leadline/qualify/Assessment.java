package dev.leadline.qualify;

import dev.leadline.agent.Answer;
import dev.leadline.research.Cited;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How a lead's dossier was read: the input of the table lead-score.
 *
 * @param answers the six answers by question, in the words of the table
 * @param evidence ids of the facts that speak for each answer, by question
 * @param abstained too little is known to judge
 * @param reasoning what speaks for and against the lead, and so for its tier; null in older documents
 * @param engagement how best to engage the lead; null in older documents
 * @param talkingPoints what to talk about, the best first
 */
@Document("assessments")
public record Assessment(
    @Id String leadId,
    Map<String, String> answers,
    Map<String, List<String>> evidence,
    boolean abstained,
    String reasoning,
    String engagement,
    List<Cited> talkingPoints,
    Answer.Source source,
    Instant writtenAt) {
  public Assessment {
    talkingPoints = talkingPoints == null ? List.of() : List.copyOf(talkingPoints);
  }
}
