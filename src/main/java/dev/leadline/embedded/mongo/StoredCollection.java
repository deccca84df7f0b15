package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;

/** A collection in the store; positions count up, so that the natural order is the order of insertion. */
final class StoredCollection extends AbstractSynchronizedMongoCollection<Long> {

  private final DurableStore store;
  private final MVMap<Long, Document> documents;
  private long last;

  StoredCollection(
      DurableStore store, MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.store = store;
    this.documents = store.documents(database.getDatabaseName() + "$" + name);
    this.last = documents.isEmpty() ? 0 : documents.lastKey();
  }

  @Override
  protected Long addDocumentInternal(Document document) {
    documents.put(++last, document);
    return last;
  }

  @Override
  protected void handleUpdate(Long position, Document oldDocument, Document newDocument) {
    documents.put(position, newDocument);
  }

  @Override
  protected void removeDocument(Long position) {
    documents.remove(position);
  }

  @Override
  protected Document getDocument(Long position) {
    return documents.get(position);
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  @Override
  protected Stream<DocumentWithPosition<Long>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream().map(entry -> new DocumentWithPosition<>(entry.getValue(), entry.getKey()));
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    Stream<Document> all =
        isNaturalDescending(orderBy)
            ? streamAllDocumentsWithPosition()
                .sorted(Comparator.comparing(DocumentWithPosition<Long>::getPosition).reversed())
                .map(DocumentWithPosition::getDocument)
            : documents.values().stream();
    return matchDocumentsFromStream(all, query, orderBy, skip, limit, batchSize, fields);
  }

  /** Answers with copies, because an update changes in place the documents that its query finds. */
  @Override
  protected QueryResult matchDocumentsFromStream(
      Document query,
      Stream<Document> candidates,
      int skip,
      int limit,
      int batchSize,
      Comparator<Document> order,
      Document fields) {
    Stream<Document> matching =
        candidates.filter(document -> documentMatchesQuery(document, query)).map(Document::cloneDeeply);
    return super.matchDocumentsFromStream(new Document(), matching, skip, limit, batchSize, order, fields);
  }

  @Override
  public void drop() {
    super.drop();
    store.delete(documents);
  }

  @Override
  protected void updateDataSize(int change) {
    // Counted when asked for.
  }

  @Override
  protected int getDataSize() {
    return documents.values().stream().mapToInt(document -> DocumentType.encode(document).length).sum();
  }
}
