package dev.leadline.enrichment;

import dev.leadline.agent.BeginsAnew;
import dev.leadline.enrichment.EnrichmentCache.Known;
import dev.leadline.enrichment.Directory.Person;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Unavailable;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Asks provider after provider, until everything wanted is known or the money for this lead is spent. */
@Component
class Waterfall implements BeginsAnew {

  private final Map<String, Directory> directories = new TreeMap<>();
  private final Providers providers;
  private final EnrichmentCache cache;
  private final Spendings spendings;

  Waterfall(List<Directory> directories, Providers providers, EnrichmentCache cache, Spendings spendings) {
    directories.forEach(directory -> this.directories.put(directory.name(), directory));
    this.providers = providers;
    this.cache = cache;
    this.spendings = spendings;
  }

  /**
   * What came of it.
   *
   * @param findings one for each field that is known now, in the order they were found
   * @param missing wanted, and known to nobody asked
   * @param spent now; what was spent for this lead before is not in it
   * @param lines what each provider did, for the timeline
   */
  record Outcome(List<Finding> findings, Set<Field> missing, BigDecimal spent, List<String> lines) {

    List<String> gave() {
      return List.copyOf(findings.stream().map(Finding::provider)
          .collect(LinkedHashSet::new, Collection::add, Collection::addAll));
    }
  }

  /**
   * Never fails: a provider that cannot answer is a line.
   *
   * @param leadId whom the money is spent for: all that ever was, by whichever step, counts against the plan's cap
   * @param domain of the company; null when unknown, then nothing is asked about it
   * @param person null when nothing is to be asked about them
   * @param wanted fewer than the plan's fields where the lead said some
   */
  Outcome run(String leadId, Plan plan, Set<Field> wanted, String domain, Person person) {
    var course = new Course(leadId, plan.cap(), wanted, domain, person);
    for (String name : plan.providers()) {
      if (course.missing.isEmpty()) break;
      Directory directory = directories.get(name);
      if (directory == null) course.lines.add("%s: there is no such provider.".formatted(name));
      else course.ask(directory);
    }
    return new Outcome(List.copyOf(course.found.values()), Set.copyOf(course.missing), course.spent, course.lines);
  }

  @Override
  public String step() {
    return EnrichLead.STEP;
  }

  @Override
  public void beginAnew() {
    cache.clear();
    directories.keySet().stream().filter(name -> !name.equals(SandboxDirectory.NAME))
        .forEach(name -> providers.named(name).reset());
  }

  /** With two decimals at least. */
  static String money(BigDecimal amount) {
    return amount.setScale(Math.max(2, amount.scale())).toPlainString();
  }

  /** One lead's way down. */
  private final class Course {

    private final String leadId;
    private final BigDecimal cap;
    private final BigDecimal before;
    private final String domain;
    private final Person person;
    private final EnumSet<Field> missing;
    private final Map<Field, Finding> found = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private BigDecimal spent = BigDecimal.ZERO;

    private Course(String leadId, BigDecimal cap, Set<Field> wanted, String domain, Person person) {
      this.leadId = leadId;
      this.cap = cap;
      this.before = spendings.of(leadId);
      this.domain = domain;
      this.person = person;
      this.missing = wanted.isEmpty() ? EnumSet.noneOf(Field.class) : EnumSet.copyOf(wanted);
    }

    private void ask(Directory directory) {
      String host = domain != null ? domain : person == null ? null : person.email().replaceFirst(".*@", "");
      if (host == null) return;
      if (!directory.covers(host)) {
        if (!directory.name().equals(SandboxDirectory.NAME)) lines.add(directory.name() + ": off.");
        return;
      }
      try {
        if (domain != null)
          ask(directory, Field.Of.COMPANY, About.company(domain), () -> directory.company(domain));
        if (person != null)
          ask(directory, Field.Of.PERSON, About.person(person.email()), () -> directory.person(person));
      } catch (Unavailable why) {
        lines.add("%s: %s.".formatted(directory.name(), why.getMessage()));
      }
    }

    private void ask(Directory directory, Field.Of of, String about, Supplier<List<Finding>> question) {
      var wanted = EnumSet.copyOf(missing);
      wanted.removeIf(field -> field.of() != of);
      if (wanted.isEmpty()) return;
      BigDecimal price = price(directory);
      boolean mayAsk = before.add(spent).add(price).compareTo(cap) <= 0;
      Optional<Known> known = cache.get(directory.name(), about, wanted, mayAsk, question);
      String what = of == Field.Of.COMPANY ? "the company" : "the person";
      if (known.isEmpty()) {
        lines.add("%s: not asked about %s; %s of %s for this lead is spent.".formatted(
            directory.name(), what, money(before.add(spent)), money(cap)));
        return;
      }
      take(directory, known.get(), wanted, what, price);
    }

    private void take(Directory directory, Known known, Set<Field> wanted, String what, BigDecimal price) {
      // An answer that says "not known" is free, at both providers there are.
      BigDecimal cost = known.asked() && !known.findings().isEmpty() ? price : BigDecimal.ZERO;
      spent = spent.add(cost);
      if (cost.signum() > 0) spendings.add(leadId, cost);
      var used = known.findings().stream().filter(finding -> wanted.contains(finding.field())).toList();
      used.forEach(finding -> found.put(finding.field(), finding));
      used.forEach(finding -> missing.remove(finding.field()));
      String outcome = known.findings().isEmpty() ? "does not know " + what
          : "%d of %d wanted facts about %s".formatted(used.size(), wanted.size(), what);
      String when = known.asked() ? "" : ", as it said on " + known.at().atZone(ZoneOffset.UTC).toLocalDate();
      String money = cost.signum() == 0 ? "" : ", for " + money(cost);
      lines.add("%s: %s%s%s.".formatted(directory.name(), outcome, when, money));
    }

    private BigDecimal price(Directory directory) {
      return directory.name().equals(SandboxDirectory.NAME)
          ? BigDecimal.ZERO : providers.named(directory.name()).price();
    }
  }
}
