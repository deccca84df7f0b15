package dev.leadline.lead;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** All leads. */
public interface Leads extends Repository<Lead, String> {

  Lead save(Lead lead);

  Optional<Lead> findById(String id);

  Optional<Lead> findByAddress(String address);

  List<Lead> findByJourneyOrderByRegisteredAt(Lead.Start journey, Limit limit);

  long count();

  /** The lead of a running journey. */
  default Lead get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No lead " + id));
  }
}
