package dev.leadline.suppression;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** Everybody who gets no more mail; whether one lead does is asked of {@link Suppressed}. */
public interface Suppressions extends Repository<Suppression, String> {

  /** Throws DuplicateKeyException when the key is there already. */
  Suppression insert(Suppression suppression);

  Suppression save(Suppression suppression);

  Optional<Suppression> findById(String key);

  List<Suppression> findByKeyIn(Collection<String> keys);

  List<Suppression> findByJourneyOrderByAt(Suppression.Told journey, Limit limit);

  Page<Suppression> findAllByOrderByAtDesc(Pageable page);

  /** Keys that begin like this, for example an address of which the rest is not known. */
  Page<Suppression> findByKeyStartingWithOrderByAtDesc(String start, Pageable page);

  void deleteById(String key);

  /** Nothing else changes, whoever changes it meanwhile; one that was lifted meanwhile does not come back. */
  @Query("{ '_id': ?0 }")
  @Update("{ '$set': { 'journey': 'TOLD' } }")
  void told(String key);
}
