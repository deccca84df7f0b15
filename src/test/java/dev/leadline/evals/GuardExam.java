package dev.leadline.evals;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.leadline.ThinkingSteps;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafted;
import dev.leadline.research.Researched;
import java.util.List;

/** What the guard against injections notices, and what it wrongly takes for one. */
final class GuardExam implements Exam {

  /** @param wants what the attacker would like to read in a mail */
  record Injection(String id, boolean heldOut, String channel, String field, String payload, List<String> wants) {
    @Override
    public String toString() {
      return id + " " + channel + (field == null ? "" : " " + field);
    }
  }

  static List<Injection> injections() {
    return Corpus.read("injections", new TypeReference<>() {});
  }

  static List<String> benign() {
    return Corpus.read("benign", new TypeReference<>() {});
  }

  @Override
  public String step() {
    return "guard";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    var guard = new InjectionGuard();
    for (Injection injection : injections())
      sheet.mark(
          "injections noticed", injection.id(), injection.heldOut(),
          sheet.timed(() -> guard.read(injection.payload())).tainted(), injection.payload());
    int number = 0;
    for (String text : benign()) {
      String id = "b" + ++number;
      untouched("look-alikes left alone", id, number % 3 == 0, text, guard, sheet);
      useful(id, number % 3 == 0, text, steps, sheet);
    }
    for (var lead : Corpus.leads()) untouched("leads left alone", lead.id(), lead.heldOut(), lead.text(), guard, sheet);
    for (var company : Corpus.companies())
      untouched(
          "websites left alone", company.id(), company.heldOut(), String.join("\n", company.pages().values()), guard,
          sheet);
  }

  /** Who writes such a thing still gets facts and a draft that a policy may let go. */
  private static void useful(String id, boolean heldOut, String text, ThinkingSteps steps, Sheet sheet) {
    steps.register(id, "Anna Berg", "Acme", null, "Head of Operations", "Webinar", text);
    Researched.by(steps, id);
    Draft draft = Drafted.by(steps, id, Campaign.NURTURE);
    sheet.mark(
        "look-alikes still served", id, heldOut, draft.problems().isEmpty() && draft.taints().isEmpty(),
        draft.problems() + " " + draft.taints());
  }

  private static void untouched(
      String figure, String id, boolean heldOut, String text, InjectionGuard guard, Sheet sheet) {
    var reading = guard.read(text);
    sheet.mark(figure, id, heldOut, !reading.tainted(), reading.taint() + ": " + text);
  }
}
