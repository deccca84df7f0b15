package dev.leadline.replies;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.mongodb.repository.Update;
import org.springframework.data.repository.Repository;

/** Every mail that came to us, once. */
public interface IncomingMails extends Repository<Incoming, String> {

  /** Throws DuplicateKeyException when it came before. */
  Incoming insert(Incoming mail);

  /** Writes down what was read; who decided meanwhile stays. */
  @Query("{_id: ?0}")
  @Update("{$set: {kind: ?1, letter: ?2, leadId: ?3, match: ?4}}")
  void read(String id, Incoming.Kind kind, Incoming.Letter letter, String leadId, Incoming.Match match);

  /** Writes down what the table made of it. */
  @Query("{_id: ?0}")
  @Update("{$set: {decision: ?1}}")
  void decided(String id, Incoming.Decision decision);

  /** Writes down what a person made of it. */
  @Query("{_id: ?0}")
  @Update("{$set: {'decision.by': ?1, 'decision.action': ?2}}")
  void settled(String id, String person, String action);

  /** Writes down whose it is. */
  @Query("{_id: ?0}")
  @Update("{$set: {leadId: ?1, match: ?2}}")
  void belongsTo(String id, String leadId, Incoming.Match match);

  @Query("{_id: ?0}")
  @Update("{$set: {state: 'HANDLED'}}")
  void handled(String id);

  Optional<Incoming> findById(String id);

  List<Incoming> findByLeadIdOrderByReceivedAt(String leadId);

  List<Incoming> findByStateOrderByReceivedAt(Incoming.State state, Limit limit);

  List<Incoming> findByIdIn(Collection<String> ids);

  default Incoming get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No mail " + id));
  }
}
