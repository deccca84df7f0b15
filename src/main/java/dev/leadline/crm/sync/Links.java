package dev.leadline.crm.sync;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.repository.Repository;

/** Which leads are known to the CRM. */
public interface Links extends Repository<Link, String> {

  Link insert(Link link);

  Link save(Link link);

  Optional<Link> findById(String leadId);

  List<Link> findByPerson(String person);

  long count();

  /** Saves what becomes of the link; asked again with the newer one when somebody else was faster. */
  default Link change(String leadId, UnaryOperator<Link> change) {
    for (int attempt = 1; ; attempt++) {
      Link link = findById(leadId).orElseThrow();
      Link changed = change.apply(link);
      if (changed.equals(link)) return link;
      try {
        return save(changed);
      } catch (OptimisticLockingFailureException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
