package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** All meetings. */
public interface Meetings extends Repository<Meeting, String> {

  Meeting insert(Meeting meeting);

  Meeting save(Meeting meeting);

  Optional<Meeting> findById(String id);

  Optional<Meeting> findByToken(String token);

  List<Meeting> findByLeadIdOrderByProposedAt(String leadId);

  List<Meeting> findByPendingNotNull(Limit limit);

  List<Meeting> findByHostAndStateIn(String host, Collection<State> states, Limit limit);

  List<Meeting> findByHostAndProposedAtAfter(String host, Instant since);

  List<Meeting> findByStateInAndStartBetweenOrderByStart(Collection<State> states, Instant from, Instant to);

  List<Meeting> findByStateInOrderByProposedAt(Collection<State> states, Limit limit);

  Page<Meeting> findByStateInOrderByProposedAtDesc(Collection<State> states, Pageable page);

  /** The meeting of a running journey. */
  default Meeting get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No meeting " + id));
  }

  /** Saves what becomes of it; asked again with the newer meeting when somebody else was faster. */
  default Meeting change(String id, UnaryOperator<Meeting> change) {
    for (int attempt = 1; ; attempt++) {
      Meeting meeting = get(id);
      Meeting changed = change.apply(meeting);
      if (changed.equals(meeting)) return meeting;
      try {
        return save(changed);
      } catch (OptimisticLockingFailureException faster) {
        if (attempt == 20) throw faster;
      }
    }
  }
}
