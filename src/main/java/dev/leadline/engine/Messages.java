package dev.leadline.engine;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.ProblemException;
import io.camunda.client.api.response.PublishMessageResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Messages to journeys. Whoever has something to tell stores that first, and tells it until the engine has taken it:
 * the engine takes each id once in a day, and keeps a message that long for a journey that comes to its wait later.
 */
@Component
public class Messages {

  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONFLICT = 409;

  private final CamundaClient camunda;
  private final Set<String> deployed = ConcurrentHashMap.newKeySet();

  public Messages(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /**
   * Begins a process with a message, once.
   *
   * @throws IllegalStateException when the process is not deployed yet: the engine would never show it the message
   * @throws ClientException when the engine did not take it
   */
  public void begin(String process, String name, String key, String id, Map<String, Object> variables) {
    require(process);
    tell(name, key, id, variables);
  }

  /**
   * Tells the journeys that wait, or will wait, for this message with this correlation key, once.
   *
   * @throws ClientException when the engine did not take it
   */
  public void tell(String name, String key, String id, Map<String, Object> variables) {
    try {
      message(name, key, id, variables).execute();
    } catch (ClientException e) {
      if (!takenBefore(e)) throw e;
    }
  }

  public void tell(String name, String key, String id) {
    tell(name, key, id, Map.of());
  }

  /** The same without waiting for the engine; the stage fails when it did not take it. */
  public CompletionStage<?> telling(String name, String key, String id) {
    return message(name, key, id, Map.of()).send().exceptionally(failure -> {
      if (takenBefore(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)) return null;
      throw new CompletionException(failure);
    });
  }

  /**
   * Tells those who listen at this moment, nobody who comes later.
   *
   * @throws ClientException when the engine did not take it
   */
  public void tellNow(String name, String key) {
    camunda.newPublishMessageCommand().messageName(name).correlationKey(key).timeToLive(Duration.ZERO)
        .requestTimeout(TIMEOUT).execute();
  }

  private FinalCommandStep<PublishMessageResponse> message(
      String name, String key, String id, Map<String, Object> variables) {
    return camunda.newPublishMessageCommand().messageName(name).correlationKey(key).messageId(id).timeToLive(KEPT)
        .variables(variables).requestTimeout(TIMEOUT);
  }

  private void require(String process) {
    if (deployed.contains(process)) return;
    if (camunda.newProcessDefinitionSearchRequest().filter(definition -> definition.processDefinitionId(process))
        .requestTimeout(TIMEOUT).execute().items().isEmpty()) {
      throw new IllegalStateException("no process " + process + " is deployed");
    }
    deployed.add(process);
  }

  /** Whether a message was refused only because the engine has it. */
  private static boolean takenBefore(Throwable failure) {
    return switch (failure) {
      case ClientStatusException byGrpc -> byGrpc.getStatusCode() == Status.Code.ALREADY_EXISTS;
      case StatusRuntimeException byGrpc -> byGrpc.getStatus().getCode() == Status.Code.ALREADY_EXISTS;
      case ProblemException byRest -> byRest.code() == CONFLICT;
      default -> false;
    };
  }
}
