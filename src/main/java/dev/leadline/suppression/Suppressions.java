package dev.leadline.suppression;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** All suppressed addresses. */
public interface Suppressions extends Repository<Suppression, String> {

  /** Throws DuplicateKeyException when the address is suppressed already. */
  Suppression insert(Suppression suppression);

  Suppression save(Suppression suppression);

  Optional<Suppression> findById(String address);

  List<Suppression> findByJourneyOrderByAt(Suppression.Told journey, Limit limit);

  Page<Suppression> findAllByOrderByAtDesc(Pageable page);
}
