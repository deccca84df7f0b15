package dev.leadline.rights;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** What was asked to be erased, and what became of it. */
interface Erasures extends Repository<Erasure, String> {

  Erasure save(Erasure erasure);

  Optional<Erasure> findById(String id);

  Optional<Erasure> findFirstByLeadIdAndState(String leadId, Erasure.State state);

  List<Erasure> findByToldIsFalseOrderByAskedAt(Limit limit);

  Page<Erasure> findAllByOrderByAskedAtDesc(Pageable page);

  default Erasure get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No erasure " + id));
  }
}
