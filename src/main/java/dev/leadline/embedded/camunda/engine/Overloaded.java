package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.logstreams.log.LogStreamWriter.WriteFailure;

/** The engine cannot take a command at the moment; trying again later may help. */
public final class Overloaded extends RuntimeException {

  public Overloaded(String message) {
    super(message, null, false, false);
  }

  static Overloaded busy() {
    return new Overloaded("Too many commands are in flight; expected to handle the request, try again later.");
  }

  static Overloaded because(WriteFailure failure) {
    return switch (failure) {
      case CLOSED -> new Overloaded("The engine is shutting down.");
      case INVALID_ARGUMENT -> new Overloaded("The command is larger than the engine takes.");
      default -> busy();
    };
  }
}
