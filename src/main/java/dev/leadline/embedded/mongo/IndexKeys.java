package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Index keys as strings of their BSON bytes: equal keys have equal strings. */
final class IndexKeys {

  private IndexKeys() {}

  static String encode(KeyValue key) {
    Document document = new Document();
    for (Object value : key) {
      document.put(Integer.toString(document.size()), value);
    }
    return new String(DocumentType.encode(document), StandardCharsets.ISO_8859_1);
  }

  static KeyValue decode(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return new KeyValue(BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes)).values());
  }
}
