package dev.leadline.meeting;

import dev.leadline.agent.Answer;
import dev.leadline.research.Cited;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The last brief that a seller got about a lead.
 *
 * @param who whom they meet
 * @param whyNow what makes it a good moment
 * @param points what to talk about, the best first
 * @param questions what is not known yet
 * @param objections what the lead may say, with an answer
 */
@Document("briefs")
public record Brief(
    @Id String leadId,
    String who,
    List<Cited> whyNow,
    List<Cited> points,
    List<String> questions,
    List<Objection> objections,
    Answer.Source source,
    Instant writtenAt) {

  /** Something the lead may say, and what to say to it. */
  public record Objection(String text, String answer) {}
}
