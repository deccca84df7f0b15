package dev.leadline.lead;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * That a lead did not write to us but was found, by which campaign and where. A lead without one wrote to us, or came
 * with a file whose sender answers for it.
 *
 * @param campaign its name when the lead was found
 * @param executionId the run of the campaign
 * @param source who told us about the person, as people read it: "Apollo"
 * @param basis on which they may be written to, a word of the table contact-policy
 */
@Document("attributions")
public record Attribution(
    @Id String leadId, String campaignId, String campaign, @Indexed String executionId, String source, String basis,
    Instant at) {

  /** Nobody asked them: their details are in a directory of business contacts (Art. 6(1)(f) and 14 GDPR). */
  public static final String LEGITIMATE_INTEREST = "legitimate-interest";
}
