package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One thing that happened in a run; names nobody. What happens to its leads is on their timelines.
 *
 * @param id given by what happened, so that a repeated step writes the same entry
 * @param step job type, or what a person did: "pause"
 * @param by the step's or the person's name
 */
@Document("execution_logs")
@CompoundIndex(name = "execution", def = "{executionId: 1, at: 1}")
record LogEntry(
    @JsonIgnore @Id String id, @JsonIgnore String executionId, Instant at, String step, String by, String text,
    List<String> details) {}
