package dev.leadline.lead;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** All leads. */
public interface Leads extends Repository<Lead, String> {

  Lead save(Lead lead);

  Optional<Lead> findById(String id);

  List<Lead> findByIdIn(Collection<String> ids);

  Optional<Lead> findByAddress(String address);

  List<Lead> findByJourneyOrderByRegisteredAt(Lead.Start journey, Limit limit);

  /** To be closed. */
  Stream<Lead> findByStageIn(Collection<Lead.Stage> stages);

  long count();

  /** The lead of a running journey. */
  default Lead get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No lead " + id));
  }

  /** Saves what becomes of the lead; asked again with the newer lead when somebody else was faster. */
  default Lead change(String id, UnaryOperator<Lead> change) {
    for (int attempt = 1; ; attempt++) {
      Lead lead = get(id);
      Lead changed = change.apply(lead);
      if (changed.equals(lead)) return lead;
      try {
        return save(changed);
      } catch (OptimisticLockingFailureException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
