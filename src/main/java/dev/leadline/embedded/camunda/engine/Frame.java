package dev.leadline.embedded.camunda.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Blocks that reached the disk in one write: {@code magic, stored length, raw length, crc, first, last}, then the
 * deflated blocks, each {@code first, last, length, bytes}. The checksum covers everything but magic and itself.
 */
final class Frame {
  static final int MAGIC = 0x4C4C4652;
  static final int HEADER = 32;
  private static final int BLOCK_HEADER = 20;

  private Frame() {}

  static ByteBuffer encode(List<Block> blocks, Deflater deflater) {
    int rawLength = blocks.stream().mapToInt(block -> BLOCK_HEADER + block.length).sum();
    ByteBuffer raw = ByteBuffer.allocate(rawLength);
    for (Block block : blocks) {
      raw.putLong(block.first).putLong(block.last).putInt(block.length).put(block.bytes, block.offset, block.length);
    }
    byte[] stored = deflate(raw.array(), deflater);
    ByteBuffer frame = ByteBuffer.allocate(HEADER + stored.length);
    frame.putInt(MAGIC).putInt(stored.length).putInt(rawLength).putInt(0);
    frame.putLong(blocks.getFirst().first).putLong(blocks.getLast().last).put(stored).flip();
    return frame.putInt(12, crc(frame));
  }

  static int crc(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.slice(4, 8));
    crc.update(frame.slice(16, frame.limit() - 16));
    return (int) crc.getValue();
  }

  static List<Block> decode(ByteBuffer frame) {
    byte[] raw = new byte[frame.getInt(8)];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(frame.slice(HEADER, frame.limit() - HEADER));
      int length = 0;
      while (length < raw.length && !inflater.finished()) {
        length += inflater.inflate(raw, length, raw.length - length);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("The checksum of a frame is right but its content is not.", e);
    } finally {
      inflater.end();
    }
    List<Block> blocks = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(raw);
    while (in.hasRemaining()) {
      long first = in.getLong();
      long last = in.getLong();
      int length = in.getInt();
      blocks.add(new Block(first, last, raw, in.position(), length));
      in.position(in.position() + length);
    }
    return blocks;
  }

  private static byte[] deflate(byte[] raw, Deflater deflater) {
    deflater.reset();
    deflater.setInput(raw);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length / 4 + 64);
    byte[] chunk = new byte[Math.min(64 * 1024, raw.length + 64)];
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    return out.toByteArray();
  }
}
