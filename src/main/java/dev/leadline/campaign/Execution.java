package dev.leadline.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One run of a campaign.
 *
 * @param definition what the campaign was when it started
 * @param state changed by people at once; the diagram follows the words it is told
 * @param because why it failed or was cancelled, or stopped looking; null when there is nothing to say
 * @param by who started it
 * @param pageSize people on one page of the search, fixed by the first
 * @param offset how many of the search's answers were looked at
 * @param searched null as long as there may be more to find; then why there is not, in words
 * @param refusals how often in a row nobody could be asked
 * @param spent on finding people, in millionths of the currency
 * @param untold words that the engine has not taken yet, in order
 * @param told words that it has taken
 * @param figures final; null before the end
 * @param live the campaign's id until the run is over, then null: a campaign has one such run at a time
 */
@Document("executions")
@CompoundIndex(name = "campaign", def = "{campaignId: 1, createdAt: -1}")
record Execution(
    @Id String id,
    String campaignId,
    Definition definition,
    @Indexed State state,
    String because,
    String by,
    int pageSize,
    int offset,
    String searched,
    int refusals,
    long spent,
    @Indexed List<Word> untold,
    int told,
    Funnel figures,
    @Indexed(unique = true, sparse = true) String live,
    @Indexed Instant createdAt,
    Instant startedAt,
    Instant finishedAt,
    @Indexed(unique = true, sparse = true) String requestKey,
    String requestHash) {

  enum State {
    CREATED,
    RUNNING,
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED;

    boolean over() {
      return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    public String inWords() {
      return this == CREATED ? "starting" : name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the diagram listens for. */
  enum Word {
    STARTED,
    PAUSED,
    RESUMED,
    CANCELLED;

    String message() {
      return "campaign-" + name().toLowerCase(Locale.ROOT);
    }
  }

  BigDecimal money() {
    return BigDecimal.valueOf(spent, 6);
  }
}
