package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A company whose people no campaign lets in.
 *
 * @param domain of its addresses and website, with all below it; ASCII and lower case
 * @param note why, in a person's words; null when nobody said
 */
@Document("exclusions")
record Exclusion(@Id String domain, Kind kind, String note, String by, @Indexed Instant at) {

  /** What the company is to us: a word of the table prospect-policy. */
  enum Kind {
    CUSTOMER,
    COMPETITOR,
    PARTNER,
    PRESS,
    OTHER;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
