package dev.leadline.outreach;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All drafts. */
public interface Drafts extends Repository<Draft, String> {

  Draft save(Draft draft);

  Optional<Draft> findById(String id);

  List<Draft> findByLeadIdOrderByWrittenAt(String leadId);

  /** The draft a journey refers to. */
  default Draft get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No draft " + id));
  }
}
