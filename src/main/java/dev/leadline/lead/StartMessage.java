package dev.leadline.lead;

import dev.leadline.engine.Messages;
import dev.leadline.trace.LeadTraces;
import io.camunda.client.api.command.ClientStatusException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The message that starts the journey of a lead. */
@Component
class StartMessage {

  private static final String NAME = "lead-registered";
  private static final String PROCESS = "lead-journey";

  private final Messages messages;
  private final LeadTraces traces;

  StartMessage(Messages messages, LeadTraces traces) {
    this.messages = messages;
    this.traces = traces;
  }

  /**
   * Sends it, unless the engine has it already.
   *
   * @throws RuntimeException when the engine did not take it
   */
  void send(String leadId) {
    traces.begin(leadId, "start-journey").around(span -> {
      messages.begin(PROCESS, NAME, leadId, leadId, Map.of("leadId", leadId));
      return null;
    });
  }

  /** Why the engine did not take it, in a word. */
  static String reason(RuntimeException e) {
    if (e instanceof ClientStatusException grpc) return "the engine says " + grpc.getStatusCode();
    return e instanceof IllegalStateException ours ? ours.getMessage() : e.getClass().getSimpleName();
  }
}
