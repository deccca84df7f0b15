package dev.leadline.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.worker.JobClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The embedded engine with the stock client over gRPC in the same JVM, every acknowledged command synced to disk.
 * Prints figures and their ratios to what was asked for, holds none.
 */
public final class EngineBenchmark {

  private static final int INSTANCES = Integer.getInteger("instances", 3_000);
  private static final int FINISHED = Integer.getInteger("finished", 100_000);
  private static final int LIVE = Integer.getInteger("live", 10_000);
  private static final int STEPS = 6;
  private static final Duration THINKING = Duration.ofMillis(600);

  private EngineBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("engine-bench");
    List<String> wanted = args.length == 0 ? List.of("tasks", "flow", "waiting", "history") : List.of(args);
    try (var stage = new Stage(directory.resolve("load"))) {
      report("start of an empty engine", stage.started, "ms", 2_000, false);
      if (wanted.contains("tasks")) tasks(stage);
      if (wanted.contains("flow")) flow(stage);
      if (wanted.contains("waiting")) waiting(stage);
    }
    if (wanted.contains("history")) history(directory.resolve("history"));
    System.exit(0);
  }

  private static void tasks(Stage stage) throws Exception {
    AbstractFlowNodeBuilder<?, ?> model = Bpmn.createExecutableProcess("tasks").startEvent();
    for (int i = 1; i <= STEPS; i++) {
      String type = "task-" + i;
      model = model.serviceTask("T" + i, task -> task.zeebeJobType(type));
    }
    stage.deploy(model.endEvent().done());
    for (int i = 1; i <= STEPS; i++) stage.work("task-" + i, Duration.ZERO, i == STEPS);
    for (int warm = 0; warm < 2; warm++) stage.run("tasks", INSTANCES, 32);
    Run run = stage.run("tasks", INSTANCES, 32);
    System.out.printf("%nSix tasks, 32 in flight: %s%n", run);
    report("six tasks, instances a second", run.rate(), "/s", 200, true);
    Run single = stage.run("tasks", 300, 1);
    System.out.printf("Six tasks, one at a time: %s%n", single);
    report("six tasks, one instance, p50", single.took.percentile(50), "ms", 12, false);
  }

  private static void flow(Stage stage) throws Exception {
    stage.deployFlow("flow", "flow");
    for (int i = 1; i <= STEPS; i++) stage.work("flow-" + i, Duration.ZERO, false);
    try (var people = stage.people("flow")) {
      stage.run("flow", INSTANCES / 2, 32);
      Run run = stage.run("flow", INSTANCES, 32);
      System.out.printf("%nSix tasks, a decision, a user task, 32 in flight: %s%n", run);
      report("the flow, instances a second", run.rate(), "/s", 150, true);
    }
  }

  private static void waiting(Stage stage) throws Exception {
    stage.deployFlow("waiting", "waiting");
    for (int i = 1; i <= STEPS; i++) stage.work("waiting-" + i, i % 2 == 0 ? THINKING : Duration.ZERO, false);
    try (var people = stage.people("waiting")) {
      stage.run("waiting", 400, 200);
      Run run = stage.run("waiting", 2_000, 200);
      System.out.printf("%nThe flow with three waits of 600 ms, 200 in flight: %s%n", run);
      report("the waiting flow, p50", run.took.percentile(50), "ms", 2_000, false);
    }
  }

  /** Many finished and many live instances: restart, search, memory. */
  private static void history(Path directory) throws Exception {
    try (var stage = new Stage(directory)) {
      stage.deploy(Bpmn.createExecutableProcess("short").startEvent().manualTask("Done").endEvent().done());
      stage.deploy(
          Bpmn.createExecutableProcess("long").startEvent().manualTask("Begun").userTask("Ask", t -> t.zeebeUserTask()).endEvent().done());
      long before = System.nanoTime();
      stage.create("short", FINISHED);
      stage.create("long", LIVE);
      System.out.printf(Locale.ROOT, "%n%d finished and %d live instances made in %d s%n", FINISHED, LIVE, (System.nanoTime() - before) / 1_000_000_000);
    }
    try (var stage = new Stage(directory)) {
      report("restart with them", stage.started, "ms", 4_000, false);
      Searches searches = new Searches(stage.client);
      searches.run();
      report("the slowest search, p95", searches.slowest(), "ms", 30, false);
      System.gc();
      report("heap with them", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20, "MB", 600, false);
    }
  }

  private static void report(String what, double measured, String unit, double asked, boolean atLeast) {
    double ratio = atLeast ? measured / asked : asked / measured;
    System.out.printf(
        Locale.ROOT, "%-34s %8.1f %-3s  asked %s %-6.0f  ratio %.2f%s%n",
        what, measured, unit, atLeast ? "≥" : "≤", asked, ratio, ratio < 1 ? "  MISSED" : "");
  }

  /** How many instances in what time, and how long each took from its creation to its end. */
  record Run(int instances, double seconds, double cpuMillis, Figures took) {

    double rate() {
      return instances / seconds;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f/s  %s  cpu %.1f ms each", rate(), took, cpuMillis / instances);
    }
  }

  /** An engine with a client, and who works in it. */
  private static final class Stage implements AutoCloseable {
    final EmbeddedCamunda camunda;
    final CamundaClient client;
    final double started;
    private final Map<Long, Long> begun = new ConcurrentHashMap<>();
    private final List<Double> took = new ArrayList<>();
    private Semaphore places = new Semaphore(0);
    private CountDownLatch left = new CountDownLatch(0);

    Stage(Path directory) {
      long before = System.nanoTime();
      camunda = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, false));
      started = (System.nanoTime() - before) / 1e6;
      client =
          CamundaClient.newClientBuilder()
              .restAddress(camunda.restAddress())
              .grpcAddress(camunda.grpcAddress())
              .preferRestOverGrpc(false)
              .jobWorkerExecutor(Executors.newScheduledThreadPool(1_000, Thread.ofVirtual().factory()))
              .defaultRequestTimeout(Duration.ofSeconds(30))
              .build();
    }

    void deploy(BpmnModelInstance model) {
      client.newDeployResourceCommand().addProcessModel(model, "bench.bpmn").execute();
    }

    /** Six tasks, a decision after the third, a user task at the end. */
    void deployFlow(String id, String types) throws IOException {
      AbstractFlowNodeBuilder<?, ?> model = Bpmn.createExecutableProcess(id).startEvent();
      for (int i = 1; i <= STEPS; i++) {
        String type = types + "-" + i;
        model = model.serviceTask("T" + i, task -> task.zeebeJobType(type));
        if (i == 3) {
          model = model.businessRuleTask("Route", task -> task.zeebeCalledDecisionId("lead-routing").zeebeResultVariable("routing"));
        }
      }
      deploy(model.userTask("Review", task -> task.zeebeUserTask()).endEvent().done());
      client.newDeployResourceCommand().addResourceFile("bpmn/lead-routing.dmn").execute();
    }

    void work(String type, Duration thinking, boolean last) {
      client.newWorker().jobType(type)
          .handler(
              (jobs, job) -> {
                if (thinking.isPositive()) Thread.sleep(thinking);
                complete(jobs, job.getKey(), job.getProcessInstanceKey(), last);
              })
          .maxJobsActive(256).streamEnabled(true).open();
    }

    private void complete(JobClient jobs, long job, long instance, boolean last) {
      jobs.newCompleteCommand(job).send().thenRun(() -> {
        if (last) finished(instance);
      });
    }

    /** Completes every user task there is, as soon as it is seen. */
    AutoCloseable people(String process) {
      Thread person =
          Thread.startVirtualThread(
              () -> {
                try (var hands = Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
                  var seen = ConcurrentHashMap.<Long>newKeySet();
                  while (!Thread.currentThread().isInterrupted()) {
                    var tasks =
                        client.newUserTaskSearchRequest()
                            .filter(task -> task.bpmnProcessId(process).state(UserTaskState.CREATED))
                            .page(page -> page.limit(200)).execute().items();
                    for (var task : tasks) {
                      if (seen.add(task.getUserTaskKey())) {
                        hands.submit(
                            () -> {
                              client.newCompleteUserTaskCommand(task.getUserTaskKey()).execute();
                              seen.remove(task.getUserTaskKey());
                              finished(task.getProcessInstanceKey());
                            });
                      }
                    }
                    Thread.sleep(10);
                  }
                } catch (InterruptedException | RuntimeException e) {
                  if (!Thread.currentThread().isInterrupted() && !(e instanceof InterruptedException)) e.printStackTrace();
                }
              });
      return person::interrupt;
    }

    private void finished(long instance) {
      Long since = begun.remove(instance);
      while (since == null) {
        Thread.onSpinWait(); // finished before its creation was acknowledged
        since = begun.remove(instance);
      }
      synchronized (took) {
        took.add((System.nanoTime() - since) / 1e6);
      }
      places.release();
      left.countDown();
    }

    Run run(String process, int instances, int inFlight) throws InterruptedException {
      took.clear();
      places = new Semaphore(inFlight);
      left = new CountDownLatch(instances);
      long begin = System.nanoTime();
      double cpu = cpuMillis();
      for (int i = 0; i < instances; i++) {
        places.acquire();
        long now = System.nanoTime();
        client.newCreateInstanceCommand().bpmnProcessId(process).latestVersion()
            .variables(Map.of("score", Map.of("points", 70, "tier", "B"), "assessment", Map.of("abstained", false))).send()
            .thenAccept(created -> begun.put(created.getProcessInstanceKey(), now));
      }
      left.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Run(instances, seconds, cpuMillis() - cpu, Figures.of(List.copyOf(took)));
    }

    void create(String process, int instances) throws InterruptedException {
      var open = new Semaphore(128);
      for (int i = 0; i < instances; i++) {
        open.acquire();
        client.newCreateInstanceCommand().bpmnProcessId(process).latestVersion().variables(Map.of("leadId", "lead-" + i)).send()
            .whenComplete((created, failure) -> open.release());
      }
      open.acquire(128);
    }

    @Override
    public void close() {
      client.close();
      camunda.close();
    }
  }

  /** What a page or an operator would ask, many times each. */
  private static final class Searches {
    private final CamundaClient client;
    private final Map<String, Figures> figures = new TreeMap<>();

    Searches(CamundaClient client) {
      this.client = client;
    }

    void run() {
      measure("instances, newest first", () -> client.newProcessInstanceSearchRequest().sort(s -> s.startDate().desc()).page(p -> p.limit(50)).execute());
      measure("instances, active", () -> client.newProcessInstanceSearchRequest().filter(f -> f.state(ProcessInstanceState.ACTIVE)).page(p -> p.limit(50)).execute());
      measure("instances of a process, finished", () -> client.newProcessInstanceSearchRequest().filter(f -> f.processDefinitionId("short").state(ProcessInstanceState.COMPLETED)).sort(s -> s.endDate().desc()).page(p -> p.limit(50)).execute());
      measure("instances, deep page", () -> client.newProcessInstanceSearchRequest().page(p -> p.from(50_000).limit(50)).execute());
      measure("instances by variable", () -> client.newProcessInstanceSearchRequest().filter(f -> f.variables(Map.of("leadId", "lead-77"))).page(p -> p.limit(50)).execute());
      measure("elements by id", () -> client.newElementInstanceSearchRequest().filter(f -> f.elementId("Ask")).page(p -> p.limit(50)).execute());
      measure("elements by type and state", () -> client.newElementInstanceSearchRequest().filter(f -> f.elementId("Done").state(ElementInstanceState.COMPLETED)).sort(s -> s.endDate().desc()).page(p -> p.limit(50)).execute());
      measure("user tasks, open", () -> client.newUserTaskSearchRequest().filter(f -> f.state(UserTaskState.CREATED)).sort(s -> s.creationDate().desc()).page(p -> p.limit(50)).execute());
      measure("user tasks, unassigned, by name", () -> client.newUserTaskSearchRequest().filter(f -> f.assignee(a -> a.exists(false)).elementId("Ask")).page(p -> p.limit(50)).execute());
      measure("variables by name and value", () -> client.newVariableSearchRequest().filter(f -> f.name("leadId").value("\"lead-4711\"")).page(p -> p.limit(50)).execute());
      measure("variables like", () -> client.newVariableSearchRequest().filter(f -> f.value(v -> v.like("*lead-99*"))).page(p -> p.limit(50)).execute());
      measure("incidents, active", () -> client.newIncidentSearchRequest().page(p -> p.limit(50)).execute());
      measure("jobs, by type", () -> client.newJobSearchRequest().filter(f -> f.type("task-1")).page(p -> p.limit(50)).execute());
    }

    private void measure(String what, Runnable search) {
      for (int i = 0; i < 20; i++) search.run();
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        long before = System.nanoTime();
        search.run();
        millis.add((System.nanoTime() - before) / 1e6);
      }
      Figures found = Figures.of(millis);
      figures.put(what, found);
      System.out.printf("%-34s %s%n", what, found);
    }

    double slowest() {
      return figures.values().stream().mapToDouble(one -> one.percentile(95)).max().orElse(Double.NaN);
    }
  }

  private static double cpuMillis() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e6;
  }
}
