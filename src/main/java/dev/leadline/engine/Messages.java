package dev.leadline.engine;

import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;

/** Messages to journeys that are sent until the engine has taken them; it takes each id once, as long as it remembers it. */
public final class Messages {

  private static final int CONFLICT = 409;

  private Messages() {}

  /**
   * Sends a message with an id, unless the engine has it already.
   *
   * @throws ClientException when the engine did not take it
   */
  public static void once(FinalCommandStep<?> message) {
    try {
      message.execute();
    } catch (ClientException e) {
      if (!takenBefore(e)) throw e;
    }
  }

  /** Whether a message was refused only because the engine has it. */
  public static boolean takenBefore(Throwable failure) {
    return failure instanceof ClientStatusException grpc && grpc.getStatusCode() == Status.Code.ALREADY_EXISTS
        || failure instanceof ProblemException rest && rest.code() == CONFLICT;
  }
}
