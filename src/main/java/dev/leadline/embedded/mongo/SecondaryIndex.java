package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * Any number of positions per key, looked up by the value of the first field or by one of several ({@code $in}).
 *
 * <p>An entry's key is the value of the first field followed by the document's id. What the query says about other
 * fields is checked on the documents found.
 */
final class SecondaryIndex extends Index<Long> {

  private static final String ID = "_id";

  private final DurableStore store;
  private final MVMap<String, Long> positions;
  private final String field;

  SecondaryIndex(DurableStore store, String map, String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
    this.store = store;
    this.positions = store.index(map);
    this.field = keys.getFirst().getKey();
  }

  @Override
  public void add(Document document, Long position, MongoCollection<Long> collection) {
    entries(document).forEach(entry -> positions.put(entry, position));
  }

  @Override
  public Long remove(Document document) {
    Long position = null;
    for (String entry : entries(document)) {
      Long removed = positions.remove(entry);
      position = removed == null ? position : removed;
    }
    return position;
  }

  @Override
  public void updateInPlace(
      Document oldDocument, Document newDocument, Long position, MongoCollection<Long> collection) {
    Set<String> before = entries(oldDocument);
    Set<String> after = entries(newDocument);
    before.stream().filter(entry -> !after.contains(entry)).forEach(positions::remove);
    after.stream().filter(entry -> !before.contains(entry)).forEach(entry -> positions.put(entry, position));
  }

  @Override
  public boolean canHandle(Document query) {
    return query.get(field) instanceof Document condition
        ? condition.keySet().equals(Set.of("$in"))
            && condition.get("$in") instanceof Collection<?> values
            && values.stream().allMatch(SecondaryIndex::isPlain)
        : isPlain(query.get(field));
  }

  @Override
  public Iterable<Long> getPositions(Document query) {
    Set<Long> found = new TreeSet<>();
    if (query.get(field) instanceof Document condition) {
      ((Collection<?>) condition.get("$in")).forEach(value -> find(value, found));
    } else {
      find(query.get(field), found);
    }
    return found;
  }

  private void find(Object value, Set<Long> found) {
    String prefix = IndexKeys.encode(new KeyValue(value).normalized());
    Cursor<String, Long> entries = positions.cursor(prefix);
    while (entries.hasNext() && entries.next().startsWith(prefix)) {
      found.add(entries.getValue());
    }
  }

  private Set<String> entries(Document document) {
    String id = IndexKeys.encode(new KeyValue(document.get(ID)).normalized());
    Set<String> entries = new LinkedHashSet<>();
    for (KeyValue key : getKeyValues(document)) {
      entries.add(IndexKeys.encode(new KeyValue(key.get(0))) + id);
    }
    return entries;
  }

  /** Numbers, texts, dates, ids: what is equal exactly when its key is equal; null would also be a missing field. */
  private static boolean isPlain(Object value) {
    return value != null
        && !(value instanceof Map<?, ?>)
        && !(value instanceof Collection<?>)
        && !(value instanceof BsonRegularExpression);
  }

  @Override
  public Long getPosition(Document document) {
    return null;
  }

  @Override
  public void checkAdd(Document document, MongoCollection<Long> collection) {
    getKeyValues(document);
  }

  @Override
  public void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Long> collection) {
    getKeyValues(newDocument);
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
