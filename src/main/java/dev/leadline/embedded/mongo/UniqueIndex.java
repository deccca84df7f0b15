package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.h2.mvstore.MVMap;

/** One position per key; what a query says about other fields is checked on the document found. */
final class UniqueIndex extends AbstractUniqueIndex<Long> {

  private final DurableStore store;
  private final MVMap<String, Long> positions;

  UniqueIndex(DurableStore store, String map, String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
    this.store = store;
    this.positions = store.index(map);
  }

  @Override
  public synchronized boolean canHandle(Document query) {
    return super.canHandle(keyOf(query));
  }

  @Override
  public synchronized Iterable<Long> getPositions(Document query) {
    return super.getPositions(keyOf(query));
  }

  private Document keyOf(Document query) {
    Document key = new Document();
    keys().stream().filter(query::containsKey).forEach(field -> key.append(field, query.get(field)));
    return key;
  }

  @Override
  protected Long removeDocument(KeyValue key) {
    return positions.remove(IndexKeys.encode(key));
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Long position) {
    String encoded = IndexKeys.encode(key);
    if (positions.containsKey(encoded)) {
      return false;
    }
    positions.put(encoded, position);
    return true;
  }

  @Override
  protected Iterable<Entry<KeyValue, Long>> getIterable() {
    return () ->
        positions.entrySet().stream()
            .map(entry -> Map.entry(IndexKeys.decode(entry.getKey()), entry.getValue()))
            .iterator();
  }

  @Override
  protected Long getPosition(KeyValue key) {
    return positions.get(IndexKeys.encode(key));
  }

  @Override
  public long getCount() {
    return positions.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }

  @Override
  public void drop() {
    store.delete(positions);
  }
}
