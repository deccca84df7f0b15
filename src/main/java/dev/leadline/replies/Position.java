package dev.leadline.replies;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * How far a folder is read. What it points past is stored.
 *
 * @param validity UIDVALIDITY of the folder; UIDs under another one say nothing
 * @param last the highest UID that is stored
 * @param at when the folder was last read to its end
 */
@Document("inbox_positions")
record Position(@Id String folder, long validity, long last, Instant at) {}
