package dev.leadline.replies;

import dev.leadline.lead.PlainText;
import dev.leadline.replies.ReceivedMail.Report;
import dev.leadline.research.Rules;
import jakarta.mail.internet.InternetHeaders;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Tells mails of machines from those of people by what machines must say of themselves (RFC 3464, 3834, 5965), and by
 * the words of those that do not (rules/machine-mail.yaml). No model is asked.
 */
@Component
class MachineMail {

  private static final int LONGEST = 300;

  private static final Pattern STATUS = Pattern.compile("(?<![\\d.])([45])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");
  private static final Pattern REPLY_CODE = Pattern.compile("(?<![\\d.-])([45])\\d\\d(?=[ -])");

  private final File file = Rules.read("machine-mail", File.class);
  private final Pattern robots = Pattern.compile("(?:" + String.join("|", file.robots()) + ")@.*", Pattern.CASE_INSENSITIVE);
  private final Pattern bounced = Rules.anyOf(file.bounced());
  private final Pattern automatic = Rules.anyOf(file.automatic());

  /**
   * @param robots local parts of addresses at which nobody sits
   * @param bounced words in the subject of a bounce that follows no standard
   * @param automatic words that begin the subject of an automatic answer
   * @param hard codes of RFC 3463 by which there is no such mailbox; the beginning of a code stands for all with it
   * @param ours codes that are about us, not about them
   */
  private record File(
      List<String> robots, List<String> bounced, List<String> automatic, List<String> hard, List<String> ours) {}

  /** What a machine has to say. */
  sealed interface Said {

    /**
     * A mail of ours did not arrive (yet).
     *
     * @param status code of RFC 3463
     */
    record Bounced(Failure failure, String status, String diagnosis) implements Said {}

    /** @param type of RFC 5965: abuse, fraud, opt-out, not-spam, … */
    record Complained(String type) implements Said {}

    /** An answer that nobody wrote. */
    record Automatic() implements Said {}

    /** Nothing that anything follows from. */
    record Other() implements Said {}

    /** It is none: a person wrote it. */
    record Nothing() implements Said {}
  }

  /** Why a mail did not arrive. */
  enum Failure {
    /** There is no such mailbox. */
    HARD,
    /** For something that may pass; but it did not, as long as the mail servers tried. */
    SOFT,
    /** They do not take mail from us: our reputation, our set-up. */
    OURS,
    /** Nothing is decided: mail servers go on trying. */
    DELAYED
  }

  Said read(ReceivedMail mail) {
    var status = mail.report("message/delivery-status");
    if (status.isPresent()) return delivery(status.get());
    var feedback = mail.report("message/feedback-report");
    if (feedback.isPresent()) return feedback(feedback.get());
    if (type(mail).startsWith("multipart/report")) return new Said.Other();
    if (isBounceWithoutStandard(mail)) return bounced(mail.subject() + "\n" + mail.plain());
    if (!mail.header("X-Leadline-Touch").isEmpty()) return new Said.Other();
    boolean answers = !mail.answers().isEmpty();
    if (saysSo(mail) || isRobot(mail) || automatic.matcher(mail.subject()).lookingAt()) {
      return answers || saysItAnswers(mail) ? new Said.Automatic() : new Said.Other();
    }
    boolean list = !(mail.header("List-Id") + mail.header("List-Unsubscribe")).isEmpty();
    return list && !answers ? new Said.Other() : new Said.Nothing();
  }

  private Said delivery(Report report) {
    return report.fields().stream()
        .filter(fields -> List.of("failed", "delayed").contains(first(fields, "Action").toLowerCase(Locale.ROOT)))
        .map(this::recipient)
        .min(Comparator.comparing(Said.Bounced::failure))
        .<Said>map(bounced -> bounced)
        .orElseGet(Said.Other::new);
  }

  private Said.Bounced recipient(InternetHeaders fields) {
    String diagnosis = first(fields, "Diagnostic-Code");
    String status = first(fields, "Status");
    var exact = STATUS.matcher(diagnosis);
    // Many servers say 5.0.0 where the one behind them said more.
    if (status.endsWith(".0.0") && exact.find()) status = exact.group();
    if (!STATUS.matcher(status).find()) status = code(diagnosis);
    boolean waits = first(fields, "Action").equalsIgnoreCase("delayed");
    return new Said.Bounced(waits ? Failure.DELAYED : failure(status), status, PlainText.cut(diagnosis, LONGEST));
  }

  private Said bounced(String text) {
    String status = code(text);
    return new Said.Bounced(failure(status), status, "");
  }

  private static String code(String text) {
    var exact = STATUS.matcher(text);
    if (exact.find()) return exact.group();
    var rough = REPLY_CODE.matcher(text);
    return rough.find() ? rough.group(1) + ".0.0" : "5.0.0";
  }

  private Failure failure(String status) {
    if (begins(file.ours(), status)) return Failure.OURS;
    return begins(file.hard(), status) ? Failure.HARD : Failure.SOFT;
  }

  private static boolean begins(List<String> codes, String status) {
    return codes.stream().anyMatch(code -> status.equals(code) || status.startsWith(code + "."));
  }

  private static Said feedback(Report report) {
    return report.fields().stream().map(fields -> first(fields, "Feedback-Type").toLowerCase(Locale.ROOT))
        .filter(type -> !type.isEmpty()).findFirst()
        .<Said>map(Said.Complained::new).orElseGet(Said.Other::new);
  }

  private boolean isBounceWithoutStandard(ReceivedMail mail) {
    if (!mail.header("X-Failed-Recipients").isEmpty()) return true;
    boolean server = mail.from().toLowerCase(Locale.ROOT).matches("(mailer-daemon|postmaster)@.*")
        || mail.header("Return-Path").equals("<>");
    return server && bounced.matcher(mail.subject()).find();
  }

  /** The headers of RFC 3834, and those that were there before it. */
  private static boolean saysSo(ReceivedMail mail) {
    String submitted = mail.header("Auto-Submitted").toLowerCase(Locale.ROOT);
    return !submitted.isEmpty() && !submitted.startsWith("no")
        || saysItAnswers(mail)
        || mail.header("Precedence").toLowerCase(Locale.ROOT).matches("bulk|junk|list")
        || mail.header("Return-Path").equals("<>")
        || !mail.header("X-Autogenerated").isEmpty();
  }

  private static boolean saysItAnswers(ReceivedMail mail) {
    return mail.header("Auto-Submitted").toLowerCase(Locale.ROOT).startsWith("auto-replied")
        || mail.header("Precedence").toLowerCase(Locale.ROOT).matches("auto[_-]reply")
        || Stream.of("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-AutoReply-From")
            .anyMatch(name -> !mail.header(name).isEmpty() && !mail.header(name).equalsIgnoreCase("no"));
  }

  private boolean isRobot(ReceivedMail mail) {
    return robots.matcher(mail.from()).matches();
  }

  private static String type(ReceivedMail mail) {
    return mail.header("Content-Type").toLowerCase(Locale.ROOT);
  }

  private static String first(InternetHeaders headers, String name) {
    return ReceivedMail.first(headers, name);
  }
}
