package dev.leadline.replies;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** Every mail that came to us, once. */
public interface IncomingMails extends Repository<Incoming, String> {

  /** Throws DuplicateKeyException when it came before. */
  Incoming insert(Incoming mail);

  /** Writes down what was read; what a person said meanwhile stays. */
  @Query("{_id: ?0, sorted: null}")
  @Update("{$set: {kind: ?1, letter: ?2, leadId: ?3, match: ?4, unclaimed: ?5}}")
  void read(
      String id, Incoming.Kind kind, Incoming.Letter letter, String leadId, Incoming.Match match, boolean unclaimed);

  /** Writes down what the table made of it. */
  @Query("{_id: ?0}")
  @Update("{$set: {decision: ?1}}")
  void decided(String id, Incoming.Decision decision);

  /** Writes down what a person made of it. */
  @Query("{_id: ?0}")
  @Update("{$set: {'decision.by': ?1, 'decision.action': ?2}}")
  void settled(String id, String person, String action);

  /** Writes down whose it is, of a mail that only their company spoke for. */
  @Query("{_id: ?0}")
  @Update("{$set: {leadId: ?1, match: ?2, sorted: ?3}}")
  void belongsTo(String id, String leadId, Incoming.Match match, Incoming.Sorted by);

  /** Writes down that it is not of the lead whose company it came from. */
  @Query("{_id: ?0}")
  @Update("{$set: {leadId: null, match: null, unclaimed: true}}")
  void belongsToSomebodyElse(String id);

  /**
   * Writes down whose a mail is that matched nobody, and that everything that follows from it is to be done again.
   *
   * @return 0 when it is known already whose it is, or nobody can say
   */
  @Query("{_id: ?0, leadId: null, state: 'HANDLED', kind: {$in: ['PERSON', 'AUTO_REPLY', 'OTHER']}}")
  @Update("{$set: {leadId: ?1, match: ?2, sorted: ?3, kind: ?4, unclaimed: false, state: 'RECEIVED'}}")
  long claim(String id, String leadId, Incoming.Match match, Incoming.Sorted by, Incoming.Kind kind);

  /** Writes down that nobody has to look any more; 0 when there is no such mail or it is known whose it is. */
  @Query("{_id: ?0, leadId: null}")
  @Update("{$set: {sorted: ?1, unclaimed: false}}")
  long nobodys(String id, Incoming.Sorted by);

  /** @param since when a person said whose it is; null when none had */
  @Query("{_id: ?0, 'sorted.at': ?1}")
  @Update("{$set: {state: 'HANDLED'}}")
  void handled(String id, Instant since);

  Optional<Incoming> findById(String id);

  List<Incoming> findByLeadIdOrderByReceivedAt(String leadId);

  List<Incoming> findByStateOrderByReceivedAt(Incoming.State state, Limit limit);

  List<Incoming> findByIdIn(Collection<String> ids);

  /** Without all of their text. */
  @Query(fields = "{'letter.whole': 0}")
  Page<Incoming> findAllByOrderByReceivedAtDesc(Pageable page);

  /** Those of which somebody should say whose they are, without all of their text. */
  @Query(fields = "{'letter.whole': 0}")
  Page<Incoming> findByUnclaimedOrderByReceivedAtDesc(boolean unclaimed, Pageable page);

  long countByUnclaimed(boolean unclaimed);

  default Incoming get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No mail " + id));
  }
}
