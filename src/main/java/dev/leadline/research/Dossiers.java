package dev.leadline.research;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.repository.Repository;

/** All dossiers, by lead. */
public interface Dossiers extends Repository<Dossier, String> {

  Dossier save(Dossier dossier);

  Optional<Dossier> findById(String leadId);

  /** The dossier that research has written. */
  default Dossier get(String leadId) {
    return findById(leadId).orElseThrow(() -> new IllegalStateException("No dossier of lead " + leadId));
  }

  /** Saves what becomes of the dossier, whoever else writes at the same time: asked again when they were faster. */
  default Dossier change(String leadId, UnaryOperator<Dossier> change) {
    for (int attempt = 1; ; attempt++) {
      Dossier known = findById(leadId).orElseGet(() -> Dossier.empty(leadId));
      Dossier changed = change.apply(known);
      if (changed.equals(known)) return known;
      try {
        return save(changed);
      } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
