package dev.leadline.intake;

import org.springframework.data.repository.Repository;

/** What people agreed to, by lead; the first one stays. */
public interface Consents extends Repository<Consent, String> {

  Consent save(Consent consent);

  boolean existsById(String leadId);
}
