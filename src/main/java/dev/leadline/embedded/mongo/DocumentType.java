package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Documents as BSON, after their length. */
final class DocumentType extends BasicDataType<Document> {

  static final DocumentType INSTANCE = new DocumentType();

  static byte[] encode(Document document) {
    ByteBuf buffer = Unpooled.buffer(256);
    BsonEncoder.encodeDocument(document, buffer);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /** An estimate; it only steers the cache. */
  @Override
  public int getMemory(Document document) {
    return memory(document);
  }

  private static int memory(Object value) {
    return switch (value) {
      case String text -> 48 + text.length();
      case Map<?, ?> map -> map.values().stream().mapToInt(entry -> 64 + memory(entry)).sum() + 64;
      case Collection<?> list -> list.stream().mapToInt(DocumentType::memory).sum() + 48;
      case null, default -> 24;
    };
  }

  @Override
  public void write(WriteBuffer buffer, Document document) {
    byte[] bytes = encode(document);
    buffer.putVarInt(bytes.length).put(bytes);
  }

  @Override
  public Document read(ByteBuffer buffer) {
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}
