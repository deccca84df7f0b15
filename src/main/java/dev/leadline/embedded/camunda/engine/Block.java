package dev.leadline.embedded.camunda.engine;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One batch of records as the engine appended it; blocks in memory form a chain that readers walk. */
final class Block {
  final long first;
  final long last;
  final byte[] bytes;
  final int offset;
  final int length;
  volatile Block next;

  Block(long first, long last, byte[] bytes, int offset, int length) {
    this.first = first;
    this.last = last;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  DirectBuffer buffer() {
    return new UnsafeBuffer(bytes, offset, length);
  }
}
