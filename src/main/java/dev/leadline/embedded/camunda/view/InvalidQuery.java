package dev.leadline.embedded.camunda.view;

/** A search that cannot be understood; the message names the field and the reason. */
public final class InvalidQuery extends RuntimeException {

  InvalidQuery(String message) {
    super(message, null, false, false);
  }
}
