package dev.leadline.embedded.camunda;

import dev.leadline.embedded.ChildProcess;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.JobState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the engine's JVM at random moments under load, again and again on the same data, and looks after each time
 * whether everything acknowledged is there; at the end every instance must finish, with each of its elements completed
 * once. {@code ./mvnw -q test-compile exec:exec@kill} prints a table.
 */
public final class KillRounds {
  private static final int PAGE = 1_000;

  private final Path directory;
  private final Random random;
  private final Acknowledged acknowledged = new Acknowledged();

  /** What the clients of the killed engines were told is done. */
  record Acknowledged(Set<Long> instances, Set<String> numbers, Set<Long> jobs, Set<Long> tasks, Set<String> messages) {

    Acknowledged() {
      this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    void add(String line) {
      String[] words = line.split(" ");
      if (words.length != 3) {
        return;
      }
      switch (words[0]) {
        case "created" -> {
          instances.add(Long.valueOf(words[1]));
          numbers.add(words[2]);
        }
        case "job" -> once(jobs, words[1]);
        case "task" -> once(tasks, words[1]);
        case "published" -> messages.add(words[1]);
        default -> {}
      }
    }

    /** A job or task whose completion is acknowledged twice was done twice. */
    private static void once(Set<Long> keys, String key) {
      if (!keys.add(Long.valueOf(key))) {
        throw new AssertionError(key + " was completed twice");
      }
    }

    int size() {
      return instances.size() + jobs.size() + tasks.size() + messages.size();
    }
  }

  /** What a life left: acknowledged commands that are not there, and how long the next start took. */
  record Round(int acknowledged, long lifeMillis, long startMillis, int lost) {}

  /** How it ended: instances there are, those that finished, elements completed not exactly once. */
  record End(long instances, long finished, Map<String, Long> wrong) {}

  KillRounds(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    Path directory = Files.createTempDirectory("kill");
    KillRounds kills = new KillRounds(directory.resolve("camunda"), seed);
    System.out.printf("seed %d%n%5s %14s %12s %12s %6s%n", seed, "round", "acknowledged", "killed after", "start again", "lost");
    for (int i = 1; i <= rounds; i++) {
      Round round = kills.round(Duration.ofSeconds(4));
      System.out.printf(
          Locale.ROOT, "%5d %14d %9d ms %9d ms %6d%n",
          i, round.acknowledged(), round.lifeMillis(), round.startMillis(), round.lost());
    }
    End end = kills.finish();
    System.out.printf(
        "%d commands acknowledged; %d of %d instances finished; elements not completed exactly once: %s%n",
        kills.acknowledged.size(), end.finished(), end.instances(), end.wrong());
    FileSystemUtils.deleteRecursively(directory);
    System.exit(0);
  }

  /** One life under load, killed at a random moment within the time, and a look at what is there then. */
  Round round(Duration atMost) throws Exception {
    int before = acknowledged.size();
    long life;
    try (ChildProcess engine =
        ChildProcess.start(KillLoad.class, directory.toString(), Long.toString(random.nextLong(1L << 40)))) {
      String first = engine.line();
      while (first != null && !first.equals("ready")) {
        acknowledged.add(first);
        first = engine.line();
      }
      if (first == null) {
        throw new AssertionError("the engine did not start");
      }
      life = random.nextLong(300, atMost.toMillis());
      Thread killer = Thread.startVirtualThread(() -> killAfter(engine, life));
      engine.lines().forEach(acknowledged::add);
      killer.join();
    }
    // A copy is looked at, so that the next life continues what the killed one left.
    Path copy = directory.resolveSibling("copy");
    FileSystemUtils.deleteRecursively(copy);
    FileSystemUtils.copyRecursively(directory, copy);
    Instant begin = Instant.now();
    try (EmbeddedCamunda camunda = start(copy);
        CamundaClient client = KillLoad.client(camunda)) {
      long millis = Duration.between(begin, Instant.now()).toMillis();
      return new Round(acknowledged.size() - before, life, millis, lost(client));
    }
  }

  private static void killAfter(ChildProcess engine, long millis) {
    try {
      Thread.sleep(millis);
      engine.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EmbeddedCamunda start(Path directory) {
    return EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
  }

  private int lost(CamundaClient client) {
    return missing(acknowledged.instances(), instances(client, null).keySet())
        + missing(acknowledged.jobs(), completedJobs(client))
        + missing(acknowledged.tasks(), completedTasks(client));
  }

  private static int missing(Set<Long> wanted, Set<Long> found) {
    return (int) wanted.stream().filter(key -> !found.contains(key)).count();
  }

  /**
   * Lets all instances finish; a message that was acknowledged is not published again, so it must have survived. A
   * command that was on its way when the engine died may be done or not.
   */
  End finish() throws InterruptedException {
    try (EmbeddedCamunda camunda = start(directory);
        CamundaClient client = KillLoad.client(camunda)) {
      for (String type : new String[] {"first", "last"}) {
        client.newWorker().jobType(type).handler((jobs, job) -> jobs.newCompleteCommand(job).send()).open();
      }
      Thread.ofPlatform().daemon().start(() -> KillLoad.completeTasks(client));
      publishWhatIsNotAcknowledged(client);
      Instant end = Instant.now().plus(Duration.ofMinutes(3));
      while (!instances(client, ProcessInstanceState.ACTIVE).isEmpty() && Instant.now().isBefore(end)) {
        Thread.sleep(500);
      }
      long all = instances(client, null).size();
      long finished = instances(client, ProcessInstanceState.COMPLETED).size();
      return new End(all, finished, notOnce(client, all));
    }
  }

  private void publishWhatIsNotAcknowledged(CamundaClient client) {
    Map<Long, String> numbers = new TreeMap<>();
    pages(after ->
        client.newVariableSearchRequest().filter(filter -> filter.name("number"))
            .page(page -> page.from(after).limit(PAGE)).send().join().items(),
        variable -> numbers.put(variable.getProcessInstanceKey(), variable.getValue().replace("\"", "")));
    numbers.values().stream()
        .filter(number -> !acknowledged.messages().contains(number))
        .forEach(number -> {
          try {
            KillLoad.publish(client, number).send().join();
          } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).contains("already published")) {
              throw e;
            }
          }
        });
  }

  private static Map<Long, ProcessInstanceState> instances(CamundaClient client, ProcessInstanceState state) {
    Map<Long, ProcessInstanceState> found = new TreeMap<>();
    pages(from ->
        client
            .newProcessInstanceSearchRequest()
            .filter(filter -> {
              if (state != null) {
                filter.state(state);
              }
            })
            .page(page -> page.from(from).limit(PAGE)).send().join().items(),
        instance -> found.put(instance.getProcessInstanceKey(), instance.getState()));
    return found;
  }

  private static Set<Long> completedJobs(CamundaClient client) {
    Set<Long> found = new HashSet<>();
    pages(from ->
        client.newJobSearchRequest().filter(filter -> filter.state(JobState.COMPLETED))
            .page(page -> page.from(from).limit(PAGE)).send().join().items(),
        job -> found.add(job.getJobKey()));
    return found;
  }

  private static Set<Long> completedTasks(CamundaClient client) {
    Set<Long> found = new HashSet<>();
    pages(from ->
        client.newUserTaskSearchRequest().filter(filter -> filter.state(UserTaskState.COMPLETED))
            .page(page -> page.from(from).limit(PAGE)).send().join().items(),
        task -> found.add(task.getUserTaskKey()));
    return found;
  }

  /** Per element, by how much the number of its completions differs from the number of instances. */
  private static Map<String, Long> notOnce(CamundaClient client, long instances) {
    Map<String, Long> completions = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    Map<String, Long> wrong = new TreeMap<>();
    pages(from ->
        client.newElementInstanceSearchRequest().filter(filter -> filter.state(ElementInstanceState.COMPLETED))
            .page(page -> page.from(from).limit(PAGE)).send().join().items(),
        element -> {
          completions.merge(element.getElementId(), 1L, Long::sum);
          if (!seen.add(element.getProcessInstanceKey() + element.getElementId())) {
            wrong.merge(element.getElementId() + " twice", 1L, Long::sum);
          }
        });
    completions.remove(KillLoad.PROCESS);
    completions.forEach((element, count) -> {
      if (count != instances) {
        wrong.put(element, count - instances);
      }
    });
    if (completions.size() != KillLoad.ELEMENTS) {
      wrong.put("elements", (long) completions.size());
    }
    return wrong;
  }

  private static <T> void pages(Function<Integer, List<T>> search, Consumer<T> each) {
    int from = 0;
    for (List<T> page = search.apply(0); !page.isEmpty(); page = search.apply(from)) {
      page.forEach(each);
      from += page.size();
    }
  }
}
