package dev.leadline.embedded.camunda.view;

import java.util.List;

/** A search that cannot be done, in the words of Camunda's gateway; the message says which part is wrong. */
public final class InvalidQuery extends RuntimeException {
  private final boolean unreadable;

  private InvalidQuery(String message, boolean unreadable) {
    super(message, null, false, false);
    this.unreadable = unreadable;
  }

  /** The request says something that is not allowed. */
  static InvalidQuery of(String message) {
    return new InvalidQuery(message, false);
  }

  /** The property is unknown or of another type. */
  static InvalidQuery unreadable(String property) {
    return new InvalidQuery("Request property [%s] cannot be parsed".formatted(property), true);
  }

  static InvalidQuery unknownOption(String value, String field, List<String> options) {
    return new InvalidQuery(
        "Unexpected value '%s' for enum field '%s'. Use any of the following values: %s"
            .formatted(value, field, options),
        true);
  }

  /** Whether the request could not even be read, as opposed to asking for something that is not allowed. */
  public boolean isUnreadable() {
    return unreadable;
  }
}
