package dev.leadline.embedded.camunda.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compression that costs little time; the file's checksum is that of gzip. */
public final class FastGzip extends GZIPOutputStream {

  public FastGzip(OutputStream out) throws IOException {
    super(out, 1 << 16);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
