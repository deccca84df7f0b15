package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A JSON object on its way into the engine, which keeps variables as MessagePack. */
public final class Variables {
  private static final DirectBuffer NONE = new UnsafeBuffer(new byte[] {(byte) 0x80});

  private Variables() {}

  /** The object in the engine's form; nothing or blank text is the empty object. */
  public static DirectBuffer of(String json) {
    if (json == null || json.isBlank()) {
      return NONE;
    }
    byte[] packed;
    try {
      packed = MsgPackConverter.convertToMsgPack(json);
    } catch (RuntimeException e) {
      throw Refusal.invalid("Expected 'variables' to be a valid JSON object, but it is no valid JSON.");
    }
    if (packed.length == 0 || !isObject(packed[0])) {
      throw Refusal.invalid("Expected 'variables' to be a JSON object, but the root is of another type.");
    }
    return new UnsafeBuffer(packed);
  }

  private static boolean isObject(byte first) {
    int code = first & 0xFF;
    return (code & 0xF0) == 0x80 || code == 0xDE || code == 0xDF || code == 0xC0;
  }

  public static String toJson(DirectBuffer packed) {
    return MsgPackConverter.convertToJson(packed);
  }
}
