package dev.leadline.suppression;

import dev.leadline.lead.Lead;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether somebody is contacted no more: they themselves, their domain or their company. Asked before every mail. */
@Component
public class Suppressed {

  private final Suppressions suppressions;

  Suppressed(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  /** The nearest suppression that covers a lead. */
  public Optional<Suppression> lead(Lead lead) {
    return nearest(Whom.all(lead));
  }

  /**
   * The nearest suppression that covers an address, when no more than that is known.
   *
   * @param address in normal form
   */
  public Optional<Suppression> address(String address) {
    return nearest(Whom.all(address));
  }

  /**
   * The nearest suppression that covers somebody who is no lead yet.
   *
   * @param address in normal form
   * @param company null when it is not known
   * @param website null when it is not known
   */
  public Optional<Suppression> person(String address, String company, String website) {
    return nearest(Whom.all(address, company, website));
  }

  private Optional<Suppression> nearest(List<String> keys) {
    return suppressions.findByKeyIn(keys).stream().min(Comparator.comparingInt(found -> keys.indexOf(found.key())));
  }
}
