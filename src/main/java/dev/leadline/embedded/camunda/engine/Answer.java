package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RejectionType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine answered to a command: an event, or a rejection with its type and reason. */
public record Answer(
    long key, Intent intent, ValueType valueType, RejectionType rejection, String reason, byte[] value) {

  public boolean rejected() {
    return rejection != RejectionType.NULL_VAL && rejection != RejectionType.SBE_UNKNOWN;
  }

  /** The value of the answer as a record of the given type. */
  public <T extends UnifiedRecordValue> T read(T record) {
    record.wrap(new UnsafeBuffer(value), 0, value.length);
    return record;
  }
}
