package dev.leadline.lead;

import dev.leadline.engine.Deployed;
import dev.leadline.engine.Messages;
import dev.leadline.trace.LeadTraces;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
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
  private final Deployed deployed;
  private final StartSettings settings;
  private final LeadTraces traces;

  StartMessage(CamundaClient camunda, StartSettings settings, LeadTraces traces) {
    this.camunda = camunda;
    this.deployed = new Deployed(camunda, PROCESS, settings.timeout());
    this.settings = settings;
    this.traces = traces;
  }

  /**
   * Sends it, unless the engine has it already.
   *
   * @throws RuntimeException when the engine did not take it
   */
  void send(String leadId) {
    deployed.require();
    traces.begin(leadId, "start-journey").around(span -> publish(leadId));
  }

  private Void publish(String leadId) {
    Messages.once(camunda.newPublishMessageCommand()
        .messageName(NAME)
        .correlationKey(leadId)
        .messageId(leadId)
        .timeToLive(REMEMBERED)
        .variables(Map.of("leadId", leadId))
        .requestTimeout(settings.timeout()));
    return null;
  }

  /** Why the engine did not take it, in a word. */
  static String reason(RuntimeException e) {
    if (e instanceof ClientStatusException grpc) return "the engine says " + grpc.getStatusCode();
    return e instanceof IllegalStateException ours ? ours.getMessage() : e.getClass().getSimpleName();
  }
}
