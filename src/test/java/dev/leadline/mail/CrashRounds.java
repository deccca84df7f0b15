package dev.leadline.mail;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClients;
import dev.leadline.embedded.ChildProcess;
import dev.leadline.embedded.mail.EmbeddedMail;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.outreach.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The way out, killed between every two steps of a sending and started again on the same disk, round after round:
 * {@code ./mvnw -q test-compile exec:exec@mail-kill -Drounds=60}.
 *
 * <p>Every round one more mail is due. As the engine would, each start sends again whatever was not reported as sent.
 */
final class CrashRounds {

  /** @param steps how many there were in the longest start that was not killed */
  record Result(int rounds, int kills, int due, List<String> lost, Map<String, Integer> doubled, int steps) {}

  private CrashRounds() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("crash-rounds");
    Result result = run(directory, arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60, 1);
    System.out.printf(
        "%d rounds, %d kills, %d mails due, a sending has %d steps, lost: %d %s, doubled: %d %s%n",
        result.rounds(), result.kills(), result.due(), result.steps(), result.lost().size(), result.lost(),
        result.doubled().size(), result.doubled());
    System.exit(result.lost().isEmpty() && result.doubled().isEmpty() ? 0 : 1);
  }

  /** @param stride how many steps later each round dies than the one before, over and over from the beginning */
  static Result run(Path directory, int rounds, int stride) throws Exception {
    var due = new ArrayList<String>();
    var open = new LinkedHashSet<String>();
    int kills = 0;
    // Nobody is killed in the first start: it says how many steps there are.
    int steps = start(directory, "lead-0", open, due, Integer.MAX_VALUE);
    for (int round = 1, step = 1; round <= rounds; round++, step += stride) {
      if (step > steps + 2) step = 1 + step % stride;
      int taken = start(directory, "lead-" + round, open, due, step);
      if (taken < 0) kills++;
    }
    start(directory, "last", open, due, Integer.MAX_VALUE);
    if (!open.isEmpty()) throw new IllegalStateException("never sent: " + open);
    var copies = copies(directory.resolve("mail"));
    var lost = due.stream().filter(lead -> !copies.containsKey(lead)).toList();
    copies.values().removeIf(number -> number == 1);
    return new Result(rounds, kills, due.size(), lost, copies, steps);
  }

  /** One life: the new mail first, then what is left of earlier ones. Steps taken, or -1 when it was killed. */
  private static int start(Path directory, String lead, Set<String> open, List<String> due, int dieBefore)
      throws InterruptedException {
    due.add(lead);
    open.add(lead);
    var leads = new ArrayList<>(open);
    leads.remove(lead);
    // Alternately in the new sending, and in finding out what became of the one before.
    if (due.size() % 2 == 0) leads.addFirst(lead);
    else leads.addLast(lead);
    try (var child =
        ChildProcess.start(Life.class, directory.toString(), Integer.toString(dieBefore), lead, String.join(",", leads))) {
      int steps = -1;
      for (String line : child.lines()) {
        if (line.startsWith("sent ")) open.remove(line.substring(5));
        else if (line.startsWith("steps ")) steps = Integer.parseInt(line.substring(6));
        else if (line.startsWith("failed ")) System.err.println(line);
      }
      int code = child.exitCode();
      if (code > 1) throw new IllegalStateException("the child ended with " + code);
      if (steps < 0 && dieBefore == Integer.MAX_VALUE) throw new IllegalStateException("the child did not come to its end");
      return steps;
    }
  }

  /** The application without its engine, for as long as it lives. */
  static final class Life {

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      var database = EmbeddedMongo.start(new EmbeddedMongo.Settings(directory.resolve("mongo"), "127.0.0.1", 0));
      var mail = EmbeddedMail.start(Mails.settings(directory.resolve("mail")));
      var steps = new Steps();
      var client = MongoClients.create(MongoClientSettings.builder()
          .applyConnectionString(new ConnectionString(database.uri())).addCommandListener(steps).build());
      var office = new Office(
          client, new Office.Servers(steps.relay(mail.smtpPort()), mail.imapPort(), mail.username(), mail.password()));
      office.approved(arguments[2]);
      SendEmail worker = office.worker();
      steps.dieBefore(Integer.parseInt(arguments[1]));
      for (String lead : arguments[3].split(",")) {
        try {
          worker.handle(new Input(lead, Draft.id(lead, Office.CAMPAIGN, 1), 1));
          System.out.println("sent " + lead);
        } catch (RuntimeException e) {
          System.out.println("failed " + lead + ": " + e);
        }
        System.out.flush();
      }
      System.out.println("steps " + steps.taken());
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  /** How often the mail of each lead is on the mail server's disk. */
  private static Map<String, Integer> copies(Path mail) {
    var copies = new TreeMap<String, Integer>();
    try (var files = Files.list(mail)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".eml")).toList()) {
        Files.readString(file, StandardCharsets.ISO_8859_1).lines()
            .filter(line -> line.startsWith("X-Leadline-Touch: ")).findFirst()
            .ifPresent(line -> copies.merge(line.substring(18).replaceAll("/.*", ""), 1, Integer::sum));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copies;
  }
}
