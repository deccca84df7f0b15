package dev.leadline.intake;

import dev.leadline.lead.Lead;
import java.util.List;

/** What the gate said to a submission. */
public sealed interface Verdict {

  /** The verdict in one word. */
  enum Outcome {
    NEW,
    DUPLICATE,
    REJECTED
  }

  /** A lead was registered. */
  record New(Lead lead) implements Verdict {}

  /** The person is known already. */
  record Duplicate(Lead of) implements Verdict {}

  /** Nothing can be made of it; the payload is kept. */
  record Rejected(List<FieldProblem> problems) implements Verdict {}
}
