package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.LeadCase;
import dev.leadline.evals.Corpus.Note;
import dev.leadline.outreach.Correspondence.Said;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafted;
import dev.leadline.outreach.FollowedUp;
import dev.leadline.research.Researched;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The mail after a campaign and, for some, a call: whether its claims hold, and what must not be in it is not. */
final class DraftFollowUpExam implements Exam {

  @Override
  public String step() {
    return "draft-follow-up";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    var notes = Corpus.notes().stream().collect(Collectors.toMap(Note::lead, Function.identity()));
    for (LeadCase lead : Corpus.leads()) {
      if (!List.of("A", "B", "C").contains(lead.band())) continue;
      String id = lead.id();
      lead.register(steps);
      Researched.by(steps, id);
      List<Said> said = FollowedUp.sent(
          Drafted.by(steps, id, lead.band().equals("C") ? Campaign.NURTURE : Campaign.OUTREACH));
      Note note = notes.get(id);
      if (note != null)
        said.add(new Said(ThinkingSteps.NOW.plusSeconds(30 * 86_400L), note.channel(), null, note.note()));

      Draft draft = sheet.timed(() -> FollowedUp.by(steps, id, said, 1));
      sheet.mark("claims hold at once", id, lead.heldOut(), draft.problems().isEmpty(), draft.problems().toString());
      if (!draft.problems().isEmpty()) draft = FollowedUp.by(steps, id, said, 2);
      sheet.mark(
          "claims hold after one repair", id, lead.heldOut(), draft.problems().isEmpty(),
          draft.problems().toString());
      var repeated = FollowedUp.repeated(draft, said);
      sheet.mark("says nothing twice", id, lead.heldOut(), repeated.isEmpty(), repeated.toString());
      String body = draft.emails().getFirst().body();
      sheet.mark("ends with a question", id, lead.heldOut(), asks(body), body);
      if (note == null) continue;
      var told = note.secret().stream()
          .filter(words -> body.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)))
          .toList();
      sheet.mark("notes stay with us", id, lead.heldOut(), told.isEmpty(), told.toString());
    }
  }

  /** The last paragraph before the signature. */
  private static boolean asks(String body) {
    String[] paragraphs = body.split("\n\n");
    return paragraphs.length > 1 && paragraphs[paragraphs.length - 2].contains("?");
  }
}
