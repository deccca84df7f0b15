package dev.leadline.embedded.camunda;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import dev.leadline.embedded.camunda.view.Retention;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Steady load for a time: instances with six tasks, a timer, a message and a user task, at a given rate. Prints every
 * minute what the JVM and the disk hold and how long an instance takes, and at the end how much each figure grew, by
 * linear regression. {@code ./mvnw -q test-compile exec:exec@soak -Dminutes=15 -Drate=20}
 */
public final class Soak {
  private static final String PROCESS = "soak";
  private static final int TASKS = 6;
  /** Small, so that the figures can be flat after the first minutes. */
  private static final int KEPT = 1_000;

  private final CamundaClient client;
  private final Path directory;
  private final Map<Long, Long> started = new ConcurrentHashMap<>();
  private final Queue<Double> latencies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  private Soak(CamundaClient client, Path directory) {
    this.client = client;
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    double minutes = args.length > 0 ? Double.parseDouble(args[0]) : 15;
    double rate = args.length > 1 ? Double.parseDouble(args[1]) : 20;
    Duration period = Duration.ofSeconds(minutes < 8 ? 20 : 60);
    Path directory = Files.createTempDirectory("soak");
    try (EmbeddedCamunda camunda =
            EmbeddedCamunda.start(
                new Settings(directory, "127.0.0.1", 0, 0, false, new Retention(Duration.ofDays(1), KEPT)));
        CamundaClient client = KillLoad.client(camunda)) {
      new Soak(client, directory).run(Duration.ofMillis((long) (minutes * 60_000)), rate, period);
    }
    System.exit(0);
  }

  private static BpmnModelInstance process() {
    AbstractFlowNodeBuilder<?, ?> model = Bpmn.createExecutableProcess(PROCESS).startEvent();
    for (int i = 1; i <= TASKS; i++) {
      String type = "soak" + i;
      model = model.serviceTask("T" + i, task -> task.zeebeJobType(type));
      if (i == 2) {
        model = model.intermediateCatchEvent("Pause", event -> event.timerWithDuration("PT1S"));
      } else if (i == 3) {
        model =
            model.intermediateCatchEvent(
                "Go", event -> event.message(m -> m.name("soak").zeebeCorrelationKeyExpression("number")));
      } else if (i == 4) {
        model = model.userTask("Approve", task -> task.zeebeUserTask());
      }
    }
    return model.endEvent().done();
  }

  private void run(Duration time, double rate, Duration period) throws Exception {
    client.newDeployResourceCommand().addProcessModel(process(), "soak.bpmn").send().join();
    for (int i = 1; i <= TASKS; i++) {
      work(i);
    }
    Thread.ofPlatform().daemon().start(this::completeTasks);
    long begin = System.nanoTime();
    long nextLook = begin + period.toNanos();
    long pause = (long) (1e9 / rate);
    for (long i = 0; System.nanoTime() - begin < time.toNanos(); i++) {
      create("s" + i);
      long next = begin + (i + 1) * pause;
      while (System.nanoTime() < next) {
        Thread.sleep(Math.max(1, (next - System.nanoTime()) / 1_000_000));
      }
      if (System.nanoTime() > nextLook) {
        look((System.nanoTime() - begin) / 6e10);
        nextLook += period.toNanos();
      }
    }
    growth();
  }

  private void work(int number) {
    client
        .newWorker()
        .jobType("soak" + number)
        .handler((jobs, job) ->
            jobs.newCompleteCommand(job).send().thenRun(() -> {
              Long start = number == TASKS ? started.remove(job.getProcessInstanceKey()) : null;
              if (start != null) {
                latencies.add((System.nanoTime() - start) / 1e6);
              }
            }))
        .streamEnabled(true)
        .open();
  }

  private void create(String number) {
    long now = System.nanoTime();
    client
        .newCreateInstanceCommand()
        .bpmnProcessId(PROCESS)
        .latestVersion()
        .variables(Map.of("number", number))
        .send()
        .thenCompose(created -> {
          started.put(created.getProcessInstanceKey(), now);
          return client.newPublishMessageCommand().messageName("soak").correlationKey(number)
              .timeToLive(Duration.ofMinutes(1)).send();
        })
        .exceptionally(failure -> {
          failures.incrementAndGet();
          return null;
        });
  }

  private void completeTasks() {
    while (true) {
      try {
        client
            .newUserTaskSearchRequest()
            .filter(filter -> filter.state(UserTaskState.CREATED))
            .page(page -> page.limit(100))
            .send()
            .join()
            .items()
            .forEach(task -> client.newCompleteUserTaskCommand(task.getUserTaskKey()).send().join());
        Thread.sleep(100);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        failures.incrementAndGet();
      }
    }
  }

  private void look(double minute) throws IOException {
    double[] sorted = latencies.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    latencies.clear();
    System.gc();
    figure("minute", minute);
    figure("finished", sorted.length);
    figure("p50 ms", percentile(sorted, 50));
    figure("p95 ms", percentile(sorted, 95));
    figure("in flight", started.size());
    figure("heap MB", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1048576.0);
    figure("RSS MB", status("VmRSS") / 1024.0);
    figure("threads", status("Threads"));
    figure("handles", count(Path.of("/proc/self/fd")));
    figure("disk MB", size(directory) / 1048576.0);
    if (figures.get("minute").size() == 1) {
      figures.keySet().forEach(name -> System.out.printf("%10s", name));
      System.out.println("  failures");
    }
    figures.values().forEach(values -> System.out.printf(Locale.ROOT, "%10.1f", values.getLast()));
    System.out.printf("%10d%n", failures.get());
  }

  private void figure(String name, double value) {
    figures.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
  }

  /** The first third is the warm-up: caches fill, the kept instances come together. */
  private void growth() {
    List<Double> minutes = figures.get("minute");
    int from = minutes.size() / 3;
    System.out.printf("%nGrowth per hour by linear regression, without the first %d of %d looks:%n", from, minutes.size());
    figures.forEach((name, values) -> {
      if (!name.equals("minute")) {
        double slope = slope(minutes.subList(from, minutes.size()), values.subList(from, values.size()));
        double mean = values.subList(from, values.size()).stream().mapToDouble(Double::doubleValue).average().orElse(0);
        System.out.printf(Locale.ROOT, "%10s %+10.1f  (mean %.1f)%n", name, slope * 60, mean);
      }
    });
  }

  private static double slope(List<Double> x, List<Double> y) {
    double meanX = x.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double meanY = y.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double above = 0;
    double below = 0;
    for (int i = 0; i < x.size(); i++) {
      above += (x.get(i) - meanX) * (y.get(i) - meanY);
      below += (x.get(i) - meanX) * (x.get(i) - meanX);
    }
    return below == 0 ? 0 : above / below;
  }

  private static double percentile(double[] sorted, int p) {
    return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * p / 100)];
  }

  private static double status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double count(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private static double size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(Soak::sizeOf).sum();
    } catch (UncheckedIOException e) {
      return Double.NaN; // a checkpoint was replaced meanwhile
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
