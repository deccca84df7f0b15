package dev.leadline.mail;

import com.mongodb.client.MongoClients;
import dev.leadline.embedded.mail.EmbeddedMail;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.outreach.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * How many approved mails a second go out through the embedded servers, with every check and record but without the
 * engine: {@code ./mvnw -q test-compile exec:exec@mail-bench}.
 */
final class MailThroughput {

  private MailThroughput() {}

  public static void main(String[] arguments) throws Exception {
    int mails = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int atOnce = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
    Path directory = Files.createTempDirectory("mail-throughput");
    try (var database = EmbeddedMongo.start(new EmbeddedMongo.Settings(directory.resolve("mongo"), "127.0.0.1", 0));
        var mail = EmbeddedMail.start(Mails.settings(directory.resolve("mail")));
        var office = new Office(
            MongoClients.create(database.uri()),
            new Office.Servers(mail.smtpPort(), mail.imapPort(), mail.username(), mail.password()))) {
      SendEmail worker = office.worker();
      send(office, worker, "warm-", mails / 4, atOnce);
      double seconds = send(office, worker, "lead-", mails, atOnce);
      System.out.printf("%d mails, %d at once, in %.1f s: %.0f mails/s%n", mails, atOnce, seconds, mails / seconds);
    }
    System.exit(0);
  }

  private static double send(Office office, SendEmail worker, String prefix, int mails, int atOnce) throws Exception {
    IntStream.range(0, mails).forEach(i -> office.approved(prefix + i));
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      long start = System.nanoTime();
      var sent = threads.invokeAll(IntStream.range(0, mails).<Callable<SendEmail.Result>>mapToObj(i -> () ->
          worker.handle(new Input(prefix + i, Draft.id(prefix + i, Office.CAMPAIGN, 1), 1))).toList());
      for (var one : sent) one.get();
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
