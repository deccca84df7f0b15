package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.intent.Intent;

/** A command as the engine takes it: what to do, to which entity (-1: a new one), with which record. */
public record Command(Intent intent, long key, UnifiedRecordValue value) {

  public static final String TENANT = "<default>";

  static Command create(Intent intent, UnifiedRecordValue value) {
    return new Command(intent, -1, value);
  }
}
