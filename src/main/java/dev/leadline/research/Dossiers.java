package dev.leadline.research;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All dossiers, by lead. */
public interface Dossiers extends Repository<Dossier, String> {

  Dossier save(Dossier dossier);

  Optional<Dossier> findById(String leadId);

  /** The dossier that research has written. */
  default Dossier get(String leadId) {
    return findById(leadId).orElseThrow(() -> new IllegalStateException("No dossier of lead " + leadId));
  }
}
