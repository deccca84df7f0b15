package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.mail.Touch.State;
import dev.leadline.suppression.Suppression;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTroubleTest {

  private static final Input FIRST = new Input(Office.LEAD, Office.DRAFT, 1);

  private final Office office = new Office();
  private OddSmtpServer odd;

  @AfterEach
  void close() {
    if (odd != null) odd.close();
    office.close();
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, 421 busy",
    "greeting, ''",
    "greeting, 554 no service here",
    "EHLO, 421 busy",
    "EHLO, 550 not you",
    "EHLO, ''",
    "MAIL, 421 busy",
    "MAIL, 451 try later",
    "MAIL, ''",
    "RCPT, 450 greylisted",
    "RCPT, ''",
    "DATA, 451 try later",
    "DATA, ''",
    ". , 451 try later",
    ". , 452 4.2.2 mailbox full",
  })
  void aPassingTroubleWaitsInTheQueueAndLaterTheMailGoesOnce(String command, String answer) {
    trouble(command, answer, text -> {});

    notNow();
    assertThat(office.first().state()).isEqualTo(State.PREPARED);

    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
    assertThat(office.story()).containsExactly("E-mail 1 was sent");
  }

  /** Eight mails hold all lines; the ninth waits for one when everything is stopped. */
  @Test
  void whatWaitsForALineWhenAllMailIsStoppedDoesNotGo() throws Exception {
    office.server.getJavaMailProperties().put("mail.smtp.timeout", "60000");
    var stop = new CountDownLatch(1);
    var begun = new CountDownLatch(8);
    trouble("nothing", "", text -> {
      begun.countDown();
      wait(stop);
    });
    var leads = IntStream.range(0, 8).mapToObj(i -> "lead-" + (i + 10)).toList();
    leads.forEach(office::approved);
    var worker = office.worker();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var eight = leads.stream().map(lead -> threads.submit(() -> worker.handle(new Input(lead, lead + "-outreach-1", 1)))).toList();
      begun.await();
      var ninth = threads.submit(() -> worker.handle(FIRST));
      await().until(() -> office.first() != null && office.first().state() == State.SENDING);
      office.panic().stop("Robin", "wrong price");
      stop.countDown();

      assertThatThrownBy(ninth::get).cause().isInstanceOfSatisfying(
          BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("SENDING_STOPPED"));
      for (var one : eight) assertThat(one.get().touch().messageId()).isNotBlank();
    }
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
    assertThat(odd.heard).filteredOn(line -> line.startsWith("MAIL")).hasSize(8);

    office.panic().resume("Robin", "mended");
    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServerThatTakesItsTimeIsWaitedFor() {
    trouble("nothing", "", this::file);
    odd.slowMillis = 100;

    office.worker().handle(FIRST);

    assertThat(office.arrived()).hasSize(1);
    assertThat(office.first().state()).isEqualTo(State.SENT);
  }

  @Test
  void aServerThatAnswersTooLateIsAskedAgain() {
    trouble("nothing", "", text -> {});
    office.server.getJavaMailProperties().put("mail.smtp.timeout", "200");
    odd.slowMillis = 3000;

    notNow();
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
  }

  @Test
  void anAbsentServerIsAskedAgain() {
    trouble("RCPT", "250 ok", text -> {});
    odd.close();

    notNow();
    assertThat(office.first().state()).isEqualTo(State.PREPARED);
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL, 550 5.7.1 sender not allowed",
    "RCPT, 550 5.7.1 blocked by policy",
    "RCPT, 550 no",
    "RCPT, 554 5.7.0 our list",
    "DATA, 554 no",
    ". , 554 5.6.0 we think this is spam",
  })
  void aRefusalOfUsIsForAPersonAtOnceAndCanBeTriedAgainByThem(String command, String answer) {
    trouble(command, answer, text -> {});

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(JobError.class, e -> assertThat(e.getRetries()).isZero())
        .hasMessageContaining(answer);
    assertThat(office.first().state()).isEqualTo(State.REFUSED);
    assertThat(office.suppressions.findById(Office.ADDRESS)).isEmpty();
    assertThat(office.story()).containsExactly("E-mail 1 was refused by the mail server");

    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"550 5.1.1 user unknown", "550 5.1.10 null MX", "553 5.1.3 bad address", "550 5.2.1 disabled"})
  void aMailboxThatDoesNotExistSuppressesTheAddress(String answer) {
    trouble("RCPT", answer, text -> {});

    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("CONTACT_SUPPRESSED"));

    assertThat(office.suppressions.findById(Office.ADDRESS)).get().extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.BOUNCED);
    assertThat(office.told).singleElement().isInstanceOfSatisfying(
        CameBack.class, told -> assertThat(told.touch().mailbox()).isEqualTo("default"));
    recovered();
    assertThatThrownBy(() -> office.worker().handle(FIRST)).isInstanceOf(BpmnError.class);
    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void aLineThatBreaksAfterTheServerTookTheMailIsNoSecondMail() {
    trouble(OddSmtpServer.END_OF_TEXT, OddSmtpServer.HANG_UP, this::file);

    assertThatThrownBy(() -> office.worker().handle(FIRST)).hasMessageContaining("asks the mailbox first");
    assertThat(office.first().state()).isEqualTo(State.SENDING);

    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
    assertThat(office.first().state()).isEqualTo(State.SENT);
  }

  @Test
  void aLineThatBreaksBeforeTheServerFiledTheMailSendsAgain() {
    trouble(OddSmtpServer.END_OF_TEXT, OddSmtpServer.HANG_UP, text -> {});

    assertThatThrownBy(() -> office.worker().handle(FIRST)).hasMessageContaining("asks the mailbox first");

    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  @Test
  void aLineThatBreaksAfterTheTextWithoutAMailboxToAskIsForAPerson() {
    trouble(OddSmtpServer.END_OF_TEXT, OddSmtpServer.HANG_UP, text -> {});
    var blind = office.worker(office.settings(false, "*"), false);

    assertThatThrownBy(() -> blind.handle(FIRST)).isInstanceOf(IllegalStateException.class);
    recovered();
    assertThatThrownBy(() -> blind.handle(FIRST)).hasMessageContaining("cannot be told");

    assertThat(office.arrived()).isEmpty();
  }

  @Test
  void aServerThatNeverConfirmsIsInDoubt() {
    // Answers the end of the text with half a line and then nothing until the client's time-out.
    trouble(OddSmtpServer.END_OF_TEXT, "250-and", this::file);

    assertThatThrownBy(() -> office.worker().handle(FIRST)).hasMessageContaining("asks the mailbox first");

    recovered();
    office.worker().handle(FIRST);
    assertThat(office.arrived()).hasSize(1);
  }

  private void notNow() {
    assertThatThrownBy(() -> office.worker().handle(FIRST))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("NOT_NOW"));
  }

  private void trouble(String command, String answer, Consumer<String> taken) {
    odd = new OddSmtpServer(command, answer, taken);
    office.server.setPort(odd.port());
  }

  private void recovered() {
    office.server.setPort(office.mail.getSmtp().getPort());
  }

  /** The mail is where the mailbox is asked for it. */
  private void file(String text) {
    office.mailbox.deliver(GreenMailUtil.newMimeMessage(text));
  }
}
