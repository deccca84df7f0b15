package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import java.util.List;

/** A database in the store. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<Long> {

  private final DurableStore store;

  StoredDatabase(DurableStore store, String name, CursorRegistry cursors) {
    super(name, cursors);
    this.store = store;
    initializeNamespacesAndIndexes();
  }

  @Override
  protected MongoCollection<Long> openOrCreateCollection(String name, CollectionOptions options) {
    return new StoredCollection(store, this, name, options, cursorRegistry);
  }

  @Override
  protected Index<Long> openOrCreateUniqueIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new UniqueIndex(store, map(collection, name), name, keys, sparse);
  }

  @Override
  protected Index<Long> openOrCreateSecondaryIndex(
      String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new SecondaryIndex(store, map(collection, name), name, keys, sparse);
  }

  @Override
  protected long getStorageSize() {
    return store.size();
  }

  @Override
  protected long getFileSize() {
    return store.size();
  }

  private String map(String collection, String index) {
    return getDatabaseName() + "$" + collection + "$" + index;
  }
}
