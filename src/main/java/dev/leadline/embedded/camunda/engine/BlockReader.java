package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.agrona.DirectBuffer;

/** Reads the log from any position: first frames from disk, then along the chain of blocks in memory. */
final class BlockReader implements LogStorageReader {
  private final SegmentLog log;
  private Iterator<Block> fromDisk = List.<Block>of().iterator();
  private Block current;
  private Block ready;
  private long position;

  BlockReader(SegmentLog log) {
    this.log = log;
  }

  @Override
  public void seek(long wanted) {
    fromDisk = List.<Block>of().iterator();
    current = null;
    ready = null;
    position = Math.clamp(wanted, 0, Math.max(1, log.lastPosition())) - 1;
    if (position < 0) {
      position = 0;
    }
  }

  @Override
  public boolean hasNext() {
    if (ready == null) {
      ready = advance();
    }
    return ready != null;
  }

  private Block advance() {
    if (current != null) {
      return current.next;
    }
    if (fromDisk.hasNext()) {
      return fromDisk.next();
    }
    SegmentLog.Reading reading = log.after(position);
    if (reading.blocks().isEmpty()) {
      return null;
    }
    if (reading.inMemory()) {
      return current = reading.blocks().getFirst();
    }
    fromDisk = reading.blocks().iterator();
    return fromDisk.next();
  }

  @Override
  public DirectBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Block block = ready;
    ready = null;
    position = block.last;
    if (current != null) {
      current = block;
    }
    return block.buffer();
  }

  @Override
  public void close() {
    fromDisk = List.<Block>of().iterator();
    current = null;
    ready = null;
  }
}
