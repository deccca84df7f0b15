package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.protocol.impl.encoding.AuthInfo;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.stream.api.InterPartitionCommandSender;
import java.util.function.Supplier;

/** What a partition would send to another one comes back to the only one there is. */
final class Loopback implements InterPartitionCommandSender {
  private final Supplier<LogStreamWriter> writer;

  Loopback(Supplier<LogStreamWriter> writer) {
    this.writer = writer;
  }

  @Override
  public void sendCommand(
      int receiver, ValueType valueType, Intent intent, Long key, UnifiedRecordValue command, AuthInfo authInfo) {
    RecordMetadata metadata =
        new RecordMetadata().recordType(RecordType.COMMAND).valueType(valueType).intent(intent);
    if (authInfo != null) {
      metadata.authorization(authInfo);
    }
    LogAppendEntry entry =
        key == null ? LogAppendEntry.of(metadata, command) : LogAppendEntry.of(key, metadata, command);
    writer.get().tryWrite(WriteContext.interPartition(), entry);
  }
}
