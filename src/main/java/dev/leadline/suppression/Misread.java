package dev.leadline.suppression;

import dev.leadline.web.InvalidInput;
import dev.leadline.web.Viewer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Who read a reply again, and why it is no opt-out; both are evidence. */
record Misread(
    @Schema(description = "A name; not needed when the page knows who you are", example = "Robin") String by,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "They asked how we delete data at the end of a contract")
    String because) {

  static final int LONGEST_REASON = 500;
  private static final int LONGEST_NAME = 80;

  /** @throws InvalidInput when one is missing or too long */
  Misread checked(Optional<Viewer> viewer) {
    var errors = new ArrayList<InvalidInput.Field>();
    String name = by == null || by.isBlank() ? viewer.map(Viewer::name).orElse("") : by.strip();
    String why = because == null ? "" : because.strip();
    if (name.isEmpty()) errors.add(new InvalidInput.Field("by", "is required"));
    if (name.length() > LONGEST_NAME) errors.add(new InvalidInput.Field("by", "is too long, at most " + LONGEST_NAME));
    if (why.isEmpty()) errors.add(new InvalidInput.Field("because", "is required"));
    if (why.length() > LONGEST_REASON)
      errors.add(new InvalidInput.Field("because", "is too long, at most " + LONGEST_REASON));
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, List.copyOf(errors));
    return new Misread(name, why);
  }
}
