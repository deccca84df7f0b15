package dev.leadline.booking;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All colleagues whom leads can meet. */
public interface Hosts extends Repository<Host, String> {

  Host insert(Host host);

  Host save(Host host);

  Optional<Host> findById(String id);

  List<Host> findAllByOrderByName();

  long count();

  void deleteById(String id);

  /** The host of a meeting. */
  default Host get(String id) {
    return findById(id).orElseThrow(() -> new IllegalStateException("No host " + id));
  }
}
