package dev.leadline.research;

import dev.leadline.agent.Answer;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What research found about a lead.
 *
 * @param leadId whose dossier it is
 * @param visits pages that were tried, with what came of it ("200, 5 kB", "refused: private address")
 */
@Document("dossiers")
public record Dossier(
    @Id String leadId, List<Fact> facts, List<Visit> visits, Answer.Source source, Instant writtenAt) {

  /** One page that was tried. */
  public record Visit(String address, String outcome) {}
}
