package dev.leadline.growth;

import dev.leadline.agent.Answer;
import dev.leadline.research.Cited;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How a lead's company may grow, as far as the dossier says.
 *
 * @param answers market, competition and potential, in the words of the score table
 * @param findings one sentence for each answer that is known, with its facts
 */
@Document("growth")
public record Growth(
    @Id String leadId, Map<String, String> answers, List<Cited> findings, Answer.Source source, Instant writtenAt) {}
