package dev.leadline.campaign;

import dev.leadline.enrichment.ProspectSearch;
import dev.leadline.enrichment.ProspectSearch.Candidate;
import dev.leadline.enrichment.ProspectSearch.Person;
import dev.leadline.provider.Unavailable;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Reading step: looks at the next people of the search and finds out how they stand to us. */
@Component
public class DiscoverProspects {

  private static final String STEP = "discover-prospects";
  private static final Duration A_WHILE = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final int MICROS = 6;

  private final Executions executions;
  private final Prospects prospects;
  private final ProspectSearch search;
  private final Standings standings;
  private final ExecutionLog log;
  private final CampaignSettings settings;
  private final Clock clock;

  DiscoverProspects(
      Executions executions, Prospects prospects, ProspectSearch search, Standings standings, ExecutionLog log,
      CampaignSettings settings, Clock clock) {
    this.executions = executions;
    this.prospects = prospects;
    this.search = search;
    this.standings = standings;
    this.log = log;
    this.settings = settings;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    var run = executions.begin(input.executionId());
    if (run.state() != Execution.State.RUNNING) return new Result(Batch.NOTHING);
    int size = Math.clamp(input.size() == null ? 25 : input.size(), 1, ProspectSearch.MOST_PER_PAGE);
    try {
      // What an earlier attempt has found and nobody has judged comes first: it is paid for.
      var waiting = waiting(run, size);
      if (waiting.isEmpty() && run.searched() == null) {
        look(run, size, jobKey);
        waiting = waiting(run, size);
      }
      return new Result(new Batch(standings.of(waiting), 0, null, null));
    } catch (Unavailable why) {
      return new Result(refused(run, why, jobKey));
    }
  }

  private List<Prospect> waiting(Execution run, int size) {
    return prospects.findByExecutionIdAndStateOrderByAt(run.id(), Prospect.State.FOUND, Limit.of(size));
  }

  /** Goes on in the search where it stopped, for as many people as are still wanted and paid for. */
  private void look(Execution run, int asked, long jobKey) {
    var wanted = run.definition();
    int size = run.pageSize() == 0 ? asked : run.pageSize();
    long registered = prospects.countByExecutionIdAndState(run.id(), Prospect.State.REGISTERED);
    if (registered >= wanted.most()) {
      stop(run, size, "as many leads as wanted", jobKey);
      return;
    }
    int skipped = run.offset() % size;
    var page = search.find(wanted.audience(), run.offset() / size + 1, size);
    var next = page.stream().skip(skipped).limit(wanted.most() - registered).toList();
    var known = prospects.findBySourceIdIn(next.stream().map(Candidate::id).toList()).stream()
        .filter(one -> one.source().equals(search.name()))
        .collect(Collectors.toMap(Prospect::sourceId, Function.identity(), (one, other) -> one.leadId() != null ? one : other));
    var strangers = next.stream().filter(one -> one.reachable() && !known.containsKey(one.id())).map(Candidate::id).toList();
    var paid = strangers.subList(0, Math.min(strangers.size(), affordable(run)));
    if (paid.size() < strangers.size()) next = upTo(next, strangers.get(paid.size()));
    var people = paid.isEmpty() ? Map.<String, Person>of() : search.reveal(paid);
    for (Candidate one : next) keep(run, one, known.get(one.id()), people.get(one.id()));
    String over = paid.size() < strangers.size() ? "the budget is used up"
        : page.size() < size && skipped + next.size() >= page.size() ? "nobody else fits" : null;
    executions.looked(run.id(), size, next.size(), micros(people.size()), over);
    log.write(
        STEP + "-" + jobKey, run.id(), STEP, search.words(),
        "Looked at %d more people%s.".formatted(next.size(), over == null ? "" : "; the search is over: " + over),
        List.of());
  }

  private static List<Candidate> upTo(List<Candidate> all, String id) {
    return all.stream().takeWhile(one -> !one.id().equals(id)).toList();
  }

  private void keep(Execution run, Candidate candidate, Prospect known, Person person) {
    var now = clock.instant();
    var who = person != null ? person : known != null
        ? new Person(known.name(), known.email(), known.verified(), known.jobTitle(), known.company(),
            known.website(), known.location())
        : new Person(null, null, false, null, null, null, null);
    try {
      prospects.insert(Prospect.of(run.id(), search.name(), candidate.id(), who, now, now.plus(settings.keep())));
    } catch (DuplicateKeyException foundBefore) {
      // By an attempt of this step that did not come to its end.
    }
  }

  private int affordable(Execution run) {
    BigDecimal budget = run.definition().budget();
    if (budget == null || search.price().signum() == 0) return Integer.MAX_VALUE;
    return budget.subtract(run.money()).max(BigDecimal.ZERO).divide(search.price(), 0, RoundingMode.DOWN)
        .min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
  }

  private long micros(int revealed) {
    return search.price().movePointRight(MICROS).longValue() * revealed;
  }

  private void stop(Execution run, int size, String why, long jobKey) {
    executions.looked(run.id(), size, 0, 0, why);
    log.write(STEP + "-" + jobKey, run.id(), STEP, search.words(), "The search is over: " + why + ".", List.of());
  }

  /** Waits as long as they ask, or longer every time. */
  private Batch refused(Execution run, Unavailable why, long jobKey) {
    int times = executions.refused(run.id());
    Duration usual = A_WHILE.multipliedBy(1L << Math.min(times - 1, 10));
    Duration wait = why.leaveAlone().isPositive() ? why.leaveAlone() : usual.compareTo(LONGEST) > 0 ? LONGEST : usual;
    String words = "%s %s".formatted(why.provider(), why.getMessage());
    log.write(
        STEP + "-" + jobKey, run.id(), STEP, why.provider(), "Nobody could be asked: " + words + ".", List.of());
    return new Batch(List.of(), times, wait.toString(), words);
  }

  /** @param size people at once at the most */
  record Input(String executionId, Integer size) {}

  record Result(Batch batch) {}

  /**
   * The next people.
   *
   * @param refusals how often in a row nobody could be asked; 0 when somebody could
   * @param after ISO 8601: how long until it is worth asking again; null when somebody could
   * @param because why nobody could be asked, in words; null when somebody could
   */
  record Batch(List<Standing> prospects, int refusals, String after, String because) {
    static final Batch NOTHING = new Batch(List.of(), 0, null, null);
  }
}
