package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.value.message.MessageCorrelationRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.MessageRecord;
import io.camunda.zeebe.protocol.impl.record.value.signal.SignalRecord;
import io.camunda.zeebe.protocol.record.intent.MessageCorrelationIntent;
import io.camunda.zeebe.protocol.record.intent.MessageIntent;
import io.camunda.zeebe.protocol.record.intent.SignalIntent;
import org.agrona.DirectBuffer;

/** Commands about messages and signals. */
public final class EventCommands {

  private EventCommands() {}

  /** Publishes; {@code timeToLive} in milliseconds, an empty message id means none. */
  public static Command publish(
      String name, String correlationKey, long timeToLive, String messageId, DirectBuffer variables) {
    requireText(name, "name");
    MessageRecord record =
        new MessageRecord()
            .setName(name)
            .setCorrelationKey(correlationKey)
            .setTimeToLive(timeToLive)
            .setVariables(variables)
            .setTenantId(Command.TENANT);
    if (!messageId.isEmpty()) {
      record.setMessageId(messageId);
    }
    return Command.create(MessageIntent.PUBLISH, record);
  }

  public static Command correlate(String name, String correlationKey, DirectBuffer variables) {
    requireText(name, "name");
    MessageCorrelationRecord record =
        new MessageCorrelationRecord()
            .setName(name)
            .setCorrelationKey(correlationKey)
            .setVariables(variables)
            .setTenantId(Command.TENANT);
    return Command.create(MessageCorrelationIntent.CORRELATE, record);
  }

  public static Command broadcast(String signalName, DirectBuffer variables) {
    requireText(signalName, "signalName");
    SignalRecord record =
        new SignalRecord().setSignalName(signalName).setVariables(variables).setTenantId(Command.TENANT);
    return Command.create(SignalIntent.BROADCAST, record);
  }

  private static void requireText(String value, String field) {
    if (value.isBlank()) {
      throw Refusal.invalid("No %s provided.".formatted(field));
    }
  }
}
