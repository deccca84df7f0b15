package dev.leadline.crm.change;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

interface ReceivedChanges extends Repository<Received, String> {

  /** Throws DuplicateKeyException when it was received before. */
  Received insert(Received received);

  Received save(Received received);

  Optional<Received> findById(String id);

  List<Received> findByJourneyOrderByAt(Received.Told journey, Limit limit);

  List<Received> findAllByOrderByAtDesc(Pageable page);
}
