package dev.leadline.evals;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.leadline.ThinkingSteps;
import dev.leadline.reading.Classified.Referred;
import dev.leadline.reading.Inbox;
import dev.leadline.reading.Received;
import dev.leadline.reading.ReplyClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** What a reply is, against what a careful reader made of it; to miss an opt-out or interest costs most. */
final class ClassifyReplyExam implements Exam {

  /** @param until ISO 8601 date, or null */
  record ReplyCase(
      String id, String reply, String language, boolean heldOut, boolean hard, boolean machine, boolean optOut,
      String until, String address, String name, String subject, String text) {

    ReplyClass truth() {
      return ReplyClass.valueOf(reply.toUpperCase(Locale.ROOT));
    }

    Received received(String leadId) {
      return new Received(id, leadId, subject, text, machine, ThinkingSteps.NOW);
    }
  }

  /** A person waits for an answer; taken for one another, they still get one. */
  private static final Set<ReplyClass> INTEREST =
      Set.of(ReplyClass.INTERESTED, ReplyClass.MEETING_REQUEST, ReplyClass.QUESTION, ReplyClass.PRICING);

  private record Marked(ReplyCase reply, ReplyClass got, boolean optOut) {
    boolean right() {
      return reply.truth() == got;
    }
  }

  static List<ReplyCase> replies() {
    return Corpus.read("replies", new TypeReference<>() {});
  }

  @Override
  public String step() {
    return "classify-reply";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    steps.register("replies", "Anna Berg", "Acme", null, "Head of Operations", "Webinar", "");
    var marked = new ArrayList<Marked>();
    for (ReplyCase reply : replies()) {
      var says = sheet.timed(() -> Inbox.read(steps, reply.received("replies"))).says();
      marked.add(new Marked(reply, says.kind(), says.optOut()));
      String wrong = "%s, not %s: %s".formatted(reply.truth(), says.kind(), reply.text());
      boolean right = says.kind() == reply.truth();
      mark(sheet, "class", reply, right, wrong);
      if (reply.hard()) mark(sheet, "class of hard replies", reply, right, wrong);
      mark(sheet, "in " + reply.language(), reply, right, wrong);
      mark(sheet, reply.optOut() ? "opt-out recall" : "others are not taken for an opt-out", reply,
          says.optOut() == reply.optOut(), "opt-out %s: %s".formatted(reply.optOut(), reply.text()));
      if (reply.until() != null || right && says.until() != null)
        mark(sheet, "day", reply, Objects.equals(day(reply), says.until()), reply.until() + ", not " + says.until());
      if (reply.address() != null || reply.name() != null)
        mark(sheet, "whom they refer to", reply,
            new Referred(reply.name(), reply.address()).equals(says.referred()), "got " + says.referred());
      sheet.confused(reply.truth().word(), says.kind().word());
      sheet.sure(says.confidence() / 100.0, right);
    }
    macroF1("macro F1", marked, sheet);
    macroF1("macro F1, tuned on", marked.stream().filter(one -> !one.reply().heldOut()).toList(), sheet);
    macroF1("macro F1, held out", marked.stream().filter(one -> one.reply().heldOut()).toList(), sheet);
    marked.forEach(one -> cost(one, sheet));
  }

  /**
   * The mean of the classes' F1. A class's F1 is a share: two for each hit, of two for each hit and one for each reply
   * that was missed or wrongly taken; each class's shares are made to add up to one.
   */
  private static void macroF1(String figure, List<Marked> marked, Sheet sheet) {
    for (ReplyClass kind : ReplyClass.values()) {
      var concerned = marked.stream().filter(one -> one.reply().truth() == kind || one.got() == kind).toList();
      double all = concerned.stream().mapToInt(one -> one.right() ? 2 : 1).sum();
      for (Marked one : concerned)
        sheet.mark(
            figure, one.reply().id() + " " + kind.word(), one.reply().heldOut(), one.right() ? 2 / all : 0,
            (one.right() ? 2 : 1) / all, one.reply().truth() + ", not " + one.got());
    }
  }

  /** How much of the harm that could be done was not: of an opt-out 20, of interest 8, of anything else 3. */
  private static void cost(Marked one, Sheet sheet) {
    ReplyClass truth = one.reply().truth();
    int worst = one.reply().optOut() ? 20 : INTEREST.contains(truth) ? 8 : 3;
    int cost;
    if (one.reply().optOut() != one.optOut()) cost = worst;
    else if (one.right()) cost = 0;
    else if (one.got() == ReplyClass.UNCLEAR || INTEREST.contains(truth) && INTEREST.contains(one.got())) cost = 1;
    else cost = one.reply().optOut() ? 2 : worst;
    sheet.mark(
        "harm avoided", one.reply().id(), one.reply().heldOut(), worst - cost, worst,
        "%s, not %s, costs %d".formatted(truth, one.got(), cost));
  }

  private static LocalDate day(ReplyCase reply) {
    return reply.until() == null ? null : LocalDate.parse(reply.until());
  }

  private static void mark(Sheet sheet, String figure, ReplyCase reply, boolean right, String wrong) {
    sheet.mark(figure, reply.id(), reply.heldOut(), right, wrong);
  }
}
