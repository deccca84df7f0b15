package dev.leadline.lead;

import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.repository.Query;
import org.springframework.data.repository.Repository;

/** Who was found, and by which campaign. */
public interface Attributions extends Repository<Attribution, String> {

  Attribution save(Attribution attribution);

  Optional<Attribution> findById(String leadId);

  void deleteById(String leadId);

  @Query(value = "{executionId: ?0}", fields = "{_id: 1}")
  List<Attribution> idsOf(String executionId);
}
