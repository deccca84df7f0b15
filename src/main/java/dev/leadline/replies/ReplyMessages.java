package dev.leadline.replies;

import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Match;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The messages by which journeys hear of what came. */
@Component
class ReplyMessages {

  private static final String PROCESS = "reply-handling";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final CamundaClient camunda;
  private volatile boolean deployed;

  ReplyMessages(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /**
   * A person has answered: what runs for them by itself ends now.
   *
   * <p>Heard by what listens at this moment only, for a journey that begins later is not meant.
   */
  void answered(String leadId) {
    camunda.newPublishMessageCommand().messageName("lead-answered").correlationKey(leadId)
        .timeToLive(Duration.ZERO).requestTimeout(TIMEOUT).execute();
  }

  /**
   * A mail came that has to be understood: one journey for each, whatever else runs for the lead.
   *
   * @param timesOffered whether a meeting is being agreed on with them already
   * @throws RuntimeException when the engine did not take it
   */
  void received(String messageId, Kind kind, Match match, boolean timesOffered) {
    requireJourney();
    try {
      camunda.newPublishMessageCommand().messageName("reply-received").correlationKey(messageId).messageId(messageId)
          .timeToLive(REMEMBERED)
          .variables(Map.of(
              "leadId", match.leadId(), "messageId", messageId, "kind", word(kind), "match", word(match.by()),
              "timesOffered", timesOffered))
          .requestTimeout(TIMEOUT)
          .execute();
    } catch (ClientException e) {
      if (!takenBefore(e)) throw e;
    }
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase().replace('_', '-');
  }

  private static boolean takenBefore(ClientException e) {
    return (e instanceof ClientStatusException grpc && grpc.getStatusCode() == Status.Code.ALREADY_EXISTS)
        || (e instanceof ProblemException rest && rest.code() == 409);
  }

  /** The engine never shows a message to a process that is deployed later, so it must not get one before. */
  private void requireJourney() {
    if (deployed) return;
    deployed = !camunda.newProcessDefinitionSearchRequest()
        .filter(process -> process.processDefinitionId(PROCESS)).requestTimeout(TIMEOUT).execute().items().isEmpty();
    if (!deployed) throw new IllegalStateException("no process " + PROCESS + " is deployed");
  }
}
