package dev.leadline.intake;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Evidence that a person agreed to mail from us (Art. 7(1) GDPR): what they read when they filled in the form, or what a
 * colleague who imported them says about it.
 *
 * @param leadId of the lead that came of it
 * @param wording of {@link Wording}, as it stood on the form, or the colleague's words
 * @param form its version, or the import
 * @param ip address that sent the form, as we see it; null for an import
 */
@Document("consents")
public record Consent(@Id String leadId, String wording, String form, String ip, Instant at) {}
