package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RejectionType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.stream.api.CommandResponseWriter;
import io.camunda.zeebe.util.buffer.BufferUtil;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open requests of this process. An answer leaves only when everything written so far is on disk. Request ids
 * are kept by the engine across restarts, so they start from the time of day and never repeat.
 */
final class Answers implements CommandResponseWriter {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong(System.currentTimeMillis() << 20);
  private final Outgoing outgoing;
  private long key;
  private Intent intent;
  private ValueType valueType;
  private RejectionType rejectionType;
  private String reason;
  private BufferWriter value;

  Answers(Outgoing outgoing) {
    this.outgoing = outgoing;
  }

  long expect(CompletableFuture<Answer> future) {
    long id = ids.incrementAndGet();
    open.put(id, future);
    future.whenComplete((answer, failure) -> open.remove(id));
    return id;
  }

  void failAll(RuntimeException reason) {
    open.values().forEach(future -> future.completeExceptionally(reason));
  }

  @Override
  public void tryWriteResponse(int requestStreamId, long requestId) {
    if (rejectionType == RejectionType.PROCESSING_ERROR) {
      LOG.error("The engine failed on {} {} of {}.", valueType, intent, key);
    }
    CompletableFuture<Answer> future = open.get(requestId);
    if (future == null) {
      return;
    }
    byte[] bytes = new byte[value.getLength()];
    value.write(new UnsafeBuffer(bytes), 0);
    Answer answer = new Answer(key, intent, valueType, rejectionType, reason, bytes);
    outgoing.add(() -> () -> future.complete(answer));
  }

  @Override
  public CommandResponseWriter partitionId(int partitionId) {
    return this;
  }

  @Override
  public CommandResponseWriter key(long key) {
    this.key = key;
    return this;
  }

  @Override
  public CommandResponseWriter intent(Intent intent) {
    this.intent = intent;
    return this;
  }

  @Override
  public CommandResponseWriter recordType(RecordType recordType) {
    return this;
  }

  @Override
  public CommandResponseWriter valueType(ValueType valueType) {
    this.valueType = valueType;
    return this;
  }

  @Override
  public CommandResponseWriter rejectionType(RejectionType rejectionType) {
    this.rejectionType = rejectionType;
    return this;
  }

  @Override
  public CommandResponseWriter rejectionReason(DirectBuffer rejectionReason) {
    reason = BufferUtil.bufferAsString(rejectionReason);
    return this;
  }

  @Override
  public CommandResponseWriter valueWriter(BufferWriter value) {
    this.value = value;
    return this;
  }
}
