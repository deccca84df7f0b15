package dev.leadline.embedded.camunda;

import com.sun.management.OperatingSystemMXBean;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Measures the embedded engine with the stock client: six no-op tasks, many instances in flight. */
class EngineBench {
  private static final int TASKS = 6;

  public static void main(String[] args) throws Exception {
    int instances = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    Path directory = Files.createTempDirectory("bench");
    long before = System.nanoTime();
    EmbeddedCamunda camunda = EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
    System.out.printf("start %d ms%n", (System.nanoTime() - before) / 1_000_000);
    CamundaClient client =
        CamundaClient.newClientBuilder()
            .restAddress(camunda.restAddress())
            .grpcAddress(camunda.grpcAddress())
            .preferRestOverGrpc(false)
            .jobWorkerExecutor(Executors.newScheduledThreadPool(4), true)
            .defaultRequestTimeout(Duration.ofSeconds(20))
            .build();
    AbstractFlowNodeBuilder<?, ?> model = Bpmn.createExecutableProcess("bench").startEvent();
    for (int i = 1; i <= TASKS; i++) {
      String type = "noop" + i;
      model = model.serviceTask("T" + i, task -> task.zeebeJobType(type));
    }
    client.newDeployResourceCommand().addProcessModel(model.endEvent().done(), "bench.bpmn").send().join();
    ConcurrentHashMap<Long, Long> started = new ConcurrentHashMap<>();
    List<Long> took = new ArrayList<>();
    Semaphore inFlight = new Semaphore(32);
    CountDownLatch[] done = {new CountDownLatch(instances)};
    for (int i = 1; i <= TASKS; i++) {
      boolean last = i == TASKS;
      client
          .newWorker()
          .jobType("noop" + i)
          .handler((jobs, job) ->
              jobs.newCompleteCommand(job).send().thenRun(() -> {
                if (last) {
                  Long start = started.remove(job.getProcessInstanceKey());
                  synchronized (took) {
                    took.add(System.nanoTime() - (start == null ? System.nanoTime() : start));
                  }
                  inFlight.release();
                  done[0].countDown();
                }
              }))
          .streamEnabled(true)
          .open();
    }
    for (int round = 0; round < 3; round++) {
      took.clear();
      done[0] = new CountDownLatch(instances);
      long begin = System.nanoTime();
      long cpu = cpu();
      for (int i = 0; i < instances; i++) {
        inFlight.acquire();
        long now = System.nanoTime();
        client.newCreateInstanceCommand().bpmnProcessId("bench").latestVersion().send()
            .thenAccept(created -> started.put(created.getProcessInstanceKey(), now));
      }
      done[0].await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.printf(
          "32 in flight: %.0f instances/s, p50 %.1f ms, p95 %.1f ms, cpu %.1f ms each%n",
          instances / seconds, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 95 / 100] / 1e6,
          (cpu() - cpu) / 1e6 / instances);
    }
    took.clear();
    done[0] = new CountDownLatch(200);
    for (int i = 0; i < 200; i++) {
      long now = System.nanoTime();
      int seen = took.size();
      var created = client.newCreateInstanceCommand().bpmnProcessId("bench").latestVersion().send().join();
      started.put(created.getProcessInstanceKey(), now);
      while (true) {
        synchronized (took) {
          if (took.size() > seen) {
            break;
          }
        }
        Thread.onSpinWait();
      }
    }
    long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf("one at a time: p50 %.1f ms, p95 %.1f ms%n", sorted[100] / 1e6, sorted[190] / 1e6);
    long searching = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      client.newProcessInstanceSearchRequest().page(page -> page.limit(10)).send().join();
    }
    System.out.printf("search %.1f ms%n", (System.nanoTime() - searching) / 2e7);
    System.gc();
    System.out.printf("heap %d MB%n", (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    client.close();
    long closing = System.nanoTime();
    camunda.close();
    System.out.printf("close %d ms%n", (System.nanoTime() - closing) / 1_000_000);
    before = System.nanoTime();
    camunda = EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
    System.out.printf("restart %d ms%n", (System.nanoTime() - before) / 1_000_000);
    camunda.close();
    System.exit(0);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
