package dev.leadline.campaign;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** Everybody whom runs have found. */
interface Prospects extends Repository<Prospect, String> {

  Prospect insert(Prospect found);

  Prospect save(Prospect judged);

  Optional<Prospect> findById(String id);

  List<Prospect> findByIdIn(Collection<String> ids);

  List<Prospect> findBySourceIdIn(Collection<String> sourceIds);

  List<Prospect> findByExecutionIdAndStateOrderByAt(String executionId, Prospect.State state, Limit limit);

  Page<Prospect> findByExecutionIdAndStateInOrderByAt(
      String executionId, Collection<Prospect.State> states, Pageable page);

  long countByExecutionIdAndState(String executionId, Prospect.State state);
}
