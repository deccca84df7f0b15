package dev.leadline.agent.tools;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What an agent and its model have said so far, as of one job; the next job begins with it.
 *
 * @param id the job's key: a job that runs twice begins with the same transcript and writes over its own
 * @param messages as LangChain4j writes them in JSON
 * @param until when it is deleted
 */
@Document("transcripts")
record Transcript(
    @Id String id,
    @Indexed String leadId,
    String messages,
    Instant at,
    @Indexed(expireAfter = "0s") Instant until) {}
