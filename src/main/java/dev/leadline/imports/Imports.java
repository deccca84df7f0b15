package dev.leadline.imports;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** All imports. */
interface Imports extends Repository<Import, String> {

  Import save(Import started);

  Optional<Import> findById(String id);

  List<Import> findByState(Import.State state);

  List<Import> findByFinishedAtBeforeAndFileIdNotNull(Instant before, Limit limit);

  List<Import> findByOrderByStartedAtDesc(Limit limit);
}
