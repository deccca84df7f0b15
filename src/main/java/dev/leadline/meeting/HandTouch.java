package dev.leadline.meeting;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What came of one touch by a person.
 *
 * @param id of the user task
 * @param channel linkedin or call
 * @param notes of our colleague, for us only
 */
@Document("hand_touches")
record HandTouch(
    @Id String id, @Indexed String leadId, String channel, Outcome outcome, String notes, String by, Instant at) {

  /** What the task's form asks for. */
  enum Outcome {
    DONE("%s did it: %s."),
    SKIPPED("%s left it out: %s."),
    /** Done, and the lead should get something in writing. */
    FOLLOW_UP("%s did it and wants a follow-up e-mail: %s.");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String inWords(String person, String channel) {
      return words.formatted(person, channel);
    }
  }
}
