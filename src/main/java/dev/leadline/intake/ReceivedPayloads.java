package dev.leadline.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** Everything that came in, as it came. */
interface ReceivedPayloads extends Repository<Received, String> {

  Received save(Received received);

  Optional<Received> findById(String id);

  Optional<Received> findByIdempotencyKey(String key);

  List<Received> findByVerdictIsNullAndAtBeforeOrderByAt(Instant at, Limit limit);
}
