package dev.leadline.research;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** All dossiers, by lead. */
public interface Dossiers extends Repository<Dossier, String> {

  Dossier save(Dossier dossier);

  Optional<Dossier> findById(String leadId);

  /** The dossier that research has written. */
  default Dossier get(String leadId) {
    return findById(leadId).orElseThrow(() -> new IllegalStateException("No dossier of lead " + leadId));
  }

  /** Gives a dossier a version that was written before dossiers had one, and would be taken for a new one. */
  @Query("{_id: ?0, version: null}")
  @Update("{$set: {version: 0}}")
  long number(String leadId);

  /**
   * Saves what becomes of a lead's dossier, which may not exist yet; asked again with the newer one when somebody else
   * was faster, so nothing that another step wrote at the same time is lost.
   */
  default Dossier change(String leadId, UnaryOperator<Dossier> change) {
    for (int attempt = 1; ; attempt++) {
      var known = findById(leadId);
      if (known.isPresent() && known.get().version() == null && number(leadId) > 0) known = findById(leadId);
      Dossier now = known.orElseGet(() -> new Dossier(leadId, List.of(), List.of(), null, Instant.EPOCH));
      try {
        return save(change.apply(now));
      } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
