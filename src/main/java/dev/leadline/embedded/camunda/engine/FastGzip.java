package dev.leadline.embedded.camunda.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Quick compression of a checkpoint, whose keys and dates shrink to a fraction at the lowest level already. */
public final class FastGzip extends GZIPOutputStream {

  public FastGzip(OutputStream out) throws IOException {
    super(out, 1 << 16);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
