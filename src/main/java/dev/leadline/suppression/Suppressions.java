package dev.leadline.suppression;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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

  @Query(value = "{ 'words': { '$regex': ?0 } }", sort = "{ 'at': -1 }")
  Page<Suppression> findByWords(String expression, Pageable page);

  /** Persons, domains and companies in whom a word begins like what is typed; all when that is blank. Newest first. */
  default Page<Suppression> find(String typed, Pageable page) {
    String part = Whom.part(typed);
    return part.isEmpty() ? findAllByOrderByAtDesc(page) : findByWords("^" + Pattern.quote(part), page);
  }

  /** Those of before it was written down what they are found by. */
  @Query("{ 'words': { '$exists': false } }")
  List<Suppression> findWithoutWords(Limit limit);

  @Query("{ '_id': ?0 }")
  @Update("{ '$set': { 'words': ?1 } }")
  void words(String key, List<String> words);

  void deleteById(String key);

  /** Nothing else changes, whoever changes it meanwhile; one that was lifted meanwhile does not come back. */
  @Query("{ '_id': ?0 }")
  @Update("{ '$set': { 'journey': 'TOLD' } }")
  void told(String key);
}
