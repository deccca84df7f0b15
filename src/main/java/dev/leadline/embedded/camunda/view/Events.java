package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.value.message.MessageStartEventSubscriptionRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.ProcessMessageSubscriptionRecord;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.MessageStartEventSubscriptionIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessMessageSubscriptionIntent;

/** Keeps who waits for which message, and what was correlated. */
final class Events {
  private final Tables tables;

  Events(Tables tables) {
    this.tables = tables;
  }

  void subscription(long key, long time, Intent intent, ProcessMessageSubscriptionRecord subscription) {
    switch ((ProcessMessageSubscriptionIntent) intent) {
      case CREATED -> state(key, time, subscription, "CREATED");
      case CORRELATED -> {
        state(key, time, subscription, "CORRELATED");
        correlated(key, time, subscription);
      }
      case DELETED -> state(key, time, subscription, "DELETED");
      case MIGRATED -> state(key, time, subscription, "MIGRATED");
      default -> {}
    }
  }

  private void state(long key, long time, ProcessMessageSubscriptionRecord subscription, String state) {
    Row row = tables.messageSubscriptions.row(key);
    if (row == null) {
      row = tables.messageSubscriptions.newRow(key);
      row.set("processInstanceKey", subscription.getProcessInstanceKey())
          .set("elementInstanceKey", subscription.getElementInstanceKey())
          .set("tenantId", subscription.getTenantId());
      tables.messageSubscriptions.add(row);
    }
    row.set("processDefinitionId", subscription.getBpmnProcessId())
        .set("processDefinitionKey", definitionOf(subscription.getProcessInstanceKey()))
        .set("elementId", subscription.getElementId())
        .set("messageName", subscription.getMessageName())
        .set("correlationKey", subscription.getCorrelationKey())
        .set("messageSubscriptionState", state)
        .set("lastUpdatedDate", time);
  }

  private void correlated(long key, long time, ProcessMessageSubscriptionRecord subscription) {
    Row row = tables.correlations.newRow(subscription.getMessageKey() + "-" + key);
    row.set("processDefinitionId", subscription.getBpmnProcessId())
        .set("processDefinitionKey", definitionOf(subscription.getProcessInstanceKey()))
        .set("processInstanceKey", subscription.getProcessInstanceKey())
        .set("elementInstanceKey", subscription.getElementInstanceKey())
        .set("elementId", subscription.getElementId())
        .set("messageKey", subscription.getMessageKey())
        .set("messageName", subscription.getMessageName())
        .set("correlationKey", subscription.getCorrelationKey())
        .set("correlationTime", time)
        .set("subscriptionKey", key)
        .set("partitionId", 1)
        .set("tenantId", subscription.getTenantId());
    tables.correlations.add(row);
  }

  void start(long key, long time, Intent intent, MessageStartEventSubscriptionRecord subscription) {
    if (intent != MessageStartEventSubscriptionIntent.CORRELATED) {
      return;
    }
    Row row = tables.correlations.newRow(subscription.getMessageKey() + "-" + key);
    row.set("processDefinitionId", subscription.getBpmnProcessId())
        .set("processDefinitionKey", subscription.getProcessDefinitionKey())
        .set("processInstanceKey", subscription.getProcessInstanceKey())
        .set("elementId", subscription.getStartEventId())
        .set("messageKey", subscription.getMessageKey())
        .set("messageName", subscription.getMessageName())
        .set("correlationKey", subscription.getCorrelationKey())
        .set("correlationTime", time)
        .set("subscriptionKey", key)
        .set("partitionId", 1)
        .set("tenantId", subscription.getTenantId());
    tables.correlations.add(row);
  }

  private Long definitionOf(long instanceKey) {
    Row instance = tables.processInstances.row(instanceKey);
    return instance == null ? null : instance.key("processDefinitionKey");
  }
}
