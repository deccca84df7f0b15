package dev.leadline.evals;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.leadline.ThinkingSteps;
import dev.leadline.contact.Validated;
import java.util.List;

/** Whether to write to an address, and whose it is, against what somebody says who knows the world's mail. */
final class ValidateContactExam implements Exam {

  private record Contact(
      String id, String address, String mail, String mailbox, String verdict, boolean hard, boolean heldOut) {}

  @Override
  public String step() {
    return "validate-contact";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    for (Contact contact : Corpus.read("contacts", new TypeReference<List<Contact>>() {})) {
      steps.register(contact.id(), "A Visitor", "Theirs", null, "Visitor", "Other", "", contact.address());
      var said = sheet.timed(() -> Validated.by(steps, contact.id(), contact.mail()));
      boolean right = contact.mailbox().equals(said.mailbox());
      String wrong = "%s is %s, not %s".formatted(contact.address(), contact.mailbox(), said.mailbox());
      sheet.mark("mailbox", contact.id(), contact.heldOut(), right, wrong);
      if (contact.hard()) sheet.mark("mailbox, hard ones", contact.id(), contact.heldOut(), right, wrong);
      if (contact.mailbox().equals("personal"))
        sheet.mark("people are taken for people", contact.id(), contact.heldOut(), right, wrong);
      sheet.mark("verdict", contact.id(), contact.heldOut(), contact.verdict().equals(said.verdict()),
          "%s, not %s".formatted(contact.verdict(), said.verdict()));
      sheet.confused(contact.mailbox(), said.mailbox());
    }
  }
}
