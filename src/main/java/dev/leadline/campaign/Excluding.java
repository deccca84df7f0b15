package dev.leadline.campaign;

import dev.leadline.campaign.Exclusion.Kind;
import dev.leadline.lead.Company;
import dev.leadline.lead.PlainText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Puts companies on the list of exclusions, all of a text or none. */
@Component
class Excluding {

  static final int MOST = 5_000;
  private static final int LONGEST_NOTE = 200;

  private final Exclusions exclusions;
  private final Clock clock;

  Excluding(Exclusions exclusions, Clock clock) {
    this.exclusions = exclusions;
    this.clock = clock;
  }

  /**
   * What a text says.
   *
   * @param wrong lines that are no domain, the first ten
   */
  record Read(Set<String> domains, List<String> wrong) {}

  /** @param text a domain or web address a line, as a file or a person has it */
  static Read read(String text) {
    var domains = new LinkedHashSet<String>();
    var wrong = new ArrayList<String>();
    for (String line : text.split("[\\s,;]+")) {
      if (line.isBlank()) continue;
      var domain = Company.domain(line.substring(line.lastIndexOf('@') + 1));
      domain.ifPresent(domains::add);
      if (domain.isEmpty() && wrong.size() < 10) wrong.add(PlainText.cut(line, 60));
    }
    return new Read(domains, wrong);
  }

  void exclude(Set<String> domains, Kind kind, String note, String by) {
    String said = note == null || !PlainText.readable(note) ? null : PlainText.cut(PlainText.line(note), LONGEST_NOTE);
    for (String domain : domains) exclusions.save(new Exclusion(domain, kind, said, by, clock.instant()));
  }
}
