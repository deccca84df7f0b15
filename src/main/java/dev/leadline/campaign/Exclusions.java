package dev.leadline.campaign;

import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** All excluded companies. */
interface Exclusions extends Repository<Exclusion, String> {

  Exclusion save(Exclusion exclusion);

  List<Exclusion> findByDomainIn(Collection<String> domains);

  Page<Exclusion> findAllByOrderByAtDesc(Pageable page);

  long deleteByDomain(String domain);
}
