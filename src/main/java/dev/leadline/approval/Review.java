package dev.leadline.approval;

import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Email;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a reviewer answered.
 *
 * @param decision approve or reject
 * @param emails the e-mails as the reviewer left them; null when the form did not show any
 */
record Review(String leadId, String draftId, String decision, String reason, List<Edited> emails) {

  /** One e-mail as the reviewer left it. */
  record Edited(Integer number, String subject, String body) {

    /** Text areas end their lines in different ways, which is no edit. */
    private static String plain(String text) {
      return text == null ? null : text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    private Email applied(Email email) {
      boolean kept = plain(subject).equals(plain(email.subject())) && plain(body).equals(plain(email.body()));
      return kept ? email : email.worded(plain(subject), plain(body));
    }
  }

  boolean approves() {
    return "approve".equals(decision);
  }

  /** Why this cannot be the answer, in a sentence for the reviewer. */
  Optional<String> objection(Draft draft) {
    if (decision == null || decision.isBlank()) return Optional.of("Choose whether you approve or reject the draft.");
    if (!approves() && !decision.equals("reject")) return Optional.of("The decision is either approve or reject.");
    if (!draft.leadId().equals(leadId)) return Optional.of("This draft was written for somebody else.");
    if (!approves()) {
      return reason == null || reason.isBlank() ? Optional.of("Say why you reject the draft.") : Optional.empty();
    }
    return emails == null ? wording(draft.emails()) : edits(draft);
  }

  private Optional<String> edits(Draft draft) {
    var numbers = emails.stream().map(edited -> edited == null ? null : edited.number()).toList();
    if (!numbers.equals(draft.emails().stream().map(Email::number).toList())) {
      return Optional.of("The e-mails must keep their numbers and order; reject the draft to have one more or less.");
    }
    return emails.stream()
        .map(edited -> Wording.objection(edited.number(), Edited.plain(edited.subject()), Edited.plain(edited.body())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> wording(List<Email> emails) {
    return emails.stream()
        .map(email -> Wording.objection(email.number(), email.subject(), email.body()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The draft as approved; what was written before the first edit is kept beside it. */
  Draft approved(Draft draft) {
    if (emails == null) return draft;
    List<Email> after = new ArrayList<>();
    for (int i = 0; i < emails.size(); i++) {
      after.add(emails.get(i).applied(draft.emails().get(i)));
    }
    if (after.equals(draft.emails())) return draft;
    return new Draft(
        draft.id(), draft.leadId(), draft.campaign(), draft.attempt(), after,
        Objects.requireNonNullElse(draft.written(), draft.emails()), draft.problems(), draft.source(),
        draft.writtenAt(), draft.taints(), draft.answers());
  }
}
