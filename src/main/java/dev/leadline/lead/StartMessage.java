package dev.leadline.lead;

import dev.leadline.trace.LeadTraces;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The message that starts the journey of a lead. */
@Component
class StartMessage {

  private static final String NAME = "lead-registered";
  private static final String PROCESS = "lead-journey";
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final CamundaClient camunda;
  private final StartSettings settings;
  private final LeadTraces traces;
  private volatile boolean deployed;

  StartMessage(CamundaClient camunda, StartSettings settings, LeadTraces traces) {
    this.camunda = camunda;
    this.settings = settings;
    this.traces = traces;
  }

  /**
   * Sends it, unless the engine has it already.
   *
   * @throws RuntimeException when the engine did not take it
   */
  void send(String leadId) {
    requireJourney();
    traces.begin(leadId, "start-journey").around(span -> publish(leadId));
  }

  private Void publish(String leadId) {
    try {
      camunda.newPublishMessageCommand()
          .messageName(NAME)
          .correlationKey(leadId)
          .messageId(leadId)
          .timeToLive(REMEMBERED)
          .variables(Map.of("leadId", leadId))
          .requestTimeout(settings.timeout())
          .execute();
    } catch (ClientException e) {
      if (!takenBefore(e)) throw e;
    }
    return null;
  }

  /** Why the engine did not take it, in a word. */
  static String reason(RuntimeException e) {
    if (e instanceof ClientStatusException grpc) return "the engine says " + grpc.getStatusCode();
    return e instanceof IllegalStateException ours ? ours.getMessage() : e.getClass().getSimpleName();
  }

  private static boolean takenBefore(ClientException e) {
    return (e instanceof ClientStatusException grpc && grpc.getStatusCode() == Status.Code.ALREADY_EXISTS)
        || (e instanceof ProblemException rest && rest.code() == 409);
  }

  /** The engine never shows a message to a process that is deployed later, so it must not get one before. */
  private void requireJourney() {
    if (deployed) return;
    deployed = !camunda.newProcessDefinitionSearchRequest()
        .filter(process -> process.processDefinitionId(PROCESS))
        .requestTimeout(settings.timeout())
        .execute()
        .items()
        .isEmpty();
    if (!deployed) throw new IllegalStateException("no process " + PROCESS + " is deployed");
  }
}
