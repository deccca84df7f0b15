package dev.leadline.intake;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Evidence that a person asked us to write to them: what they read when they did (Art. 7(1) GDPR).
 *
 * @param leadId of the lead that came of it
 * @param wording of {@link Wording}, as it stood on the form
 * @param form its version
 * @param ip address that sent the form, as we see it
 */
@Document("consents")
record Consent(@Id String leadId, String wording, String form, String ip, Instant at) {}
