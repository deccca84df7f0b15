package dev.leadline.bench;

import dev.leadline.LeadlineApplication;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.sending.ManyMails;
import dev.leadline.sending.PanicSwitch;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Many mails that are due at once, in a running application with everything embedded: they are let into the queue while
 * all sending is stopped, then the switch is released. A tenth of them are nudges that came first. Prints figures,
 * holds none.
 */
public final class DrainBenchmark {

  private static final int MAILS = Integer.getInteger("mails", 10_000);
  private static final int PER_MINUTE = Integer.getInteger("perMinute", 60_000);
  private static final Duration LIMIT = Duration.ofMinutes(Integer.getInteger("limit", 20));
  private static final int CALLERS = 16;

  private DrainBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path data = Files.createTempDirectory("leadline-drain");
    var app = SpringApplication.run(
        LeadlineApplication.class,
        "--server.port=0", "--leadline.data=" + data, "--leadline.embedded.camunda.rest-port=0",
        "--leadline.embedded.camunda.grpc-port=0", "--leadline.embedded.mongo.port=0",
        "--leadline.embedded.mail.smtp-port=0", "--leadline.embedded.mail.imap-port=0");
    cap(app.getBean(CamundaClient.class));
    drain(app);
    System.exit(0);
  }

  /** The table with another cap a minute, as a person would deploy it. */
  private static void cap(CamundaClient camunda) throws Exception {
    String table = Files.readString(Path.of("bpmn", "mailbox-policy.dmn"))
        .replace("<text>60000</text>", "<text>" + PER_MINUTE + "</text>");
    await(() -> {
      try {
        camunda.newEvaluateDecisionCommand().decisionId("mailbox-policy")
            .variables(Map.of("mailbox", "sandbox", "name", "default", "age", 0)).execute();
        camunda.newDeployResourceCommand().addResourceStringUtf8(table, "mailbox-policy.dmn").execute();
        return true;
      } catch (ClientException notYet) {
        return false;
      }
    });
  }

  private static void drain(ConfigurableApplicationContext app) throws Exception {
    var panic = app.getBean(PanicSwitch.class);
    var mails = new ManyMails(app);
    panic.stop("the benchmark", "filling the queue");
    var campaigns = IntStream.range(0, MAILS)
        .mapToObj(number -> number < MAILS / 10 ? Campaign.NURTURE : Campaign.OUTREACH).toList();
    var filling = System.nanoTime();
    var leads = new String[MAILS];
    concurrently(i -> leads[i] = mails.prepare(i, campaigns.get(i)));
    concurrently(i -> mails.start(leads[i], campaigns.get(i)));
    await(() -> mails.waiting() == MAILS);
    System.out.printf(Locale.ROOT, "%n%d mails waited after %.1f s%n", MAILS, seconds(filling));

    panic.resume("the benchmark", "draining the queue");
    var draining = System.nanoTime();
    for (int tenth = 1; tenth <= 10; tenth++) {
      int wanted = MAILS * tenth / 10;
      await(() -> mails.count() >= wanted);
      double seconds = seconds(draining);
      System.out.printf(Locale.ROOT, "%6d out after %6.1f s, %6.1f mails/s%n", wanted, seconds, wanted / seconds);
    }
    report(mails);
    app.close();
  }

  private static void report(ManyMails mails) {
    List<Instant> sent = mails.sent().stream().sorted(Comparator.naturalOrder()).toList();
    var perMinute = sent.stream().collect(
        Collectors.groupingBy(at -> at.getEpochSecond() / 60, Collectors.counting()));
    System.out.printf(Locale.ROOT, "sent %d, each once: %s, left in the queue %d%n", sent.size(),
        mails.addressesOfSent().size() == sent.size(), mails.waiting());
    System.out.printf(Locale.ROOT, "most in one minute %d, allowed turns %d%n",
        perMinute.values().stream().mapToLong(Long::longValue).max().orElse(0), PER_MINUTE);
    System.out.printf(Locale.ROOT, "steady rate %.1f mails/s%n",
        (sent.size() - 1) / (Duration.between(sent.getFirst(), sent.getLast()).toMillis() / 1e3));
  }

  private interface Check {
    boolean done();
  }

  private static void await(Check check) throws InterruptedException {
    var end = Instant.now().plus(LIMIT);
    while (!check.done()) {
      if (Instant.now().isAfter(end)) throw new IllegalStateException("Not done after " + LIMIT);
      Thread.sleep(200);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void concurrently(IntConsumer call) {
    var places = new Semaphore(CALLERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MAILS; i++) {
        int number = i;
        places.acquireUninterruptibly();
        threads.submit(() -> {
          try {
            call.accept(number);
          } finally {
            places.release();
          }
        });
      }
    }
  }
}
