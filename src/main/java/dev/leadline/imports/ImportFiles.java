package dev.leadline.imports;

import com.mongodb.client.gridfs.model.GridFSFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.gridfs.GridFsOperations;
import org.springframework.stereotype.Component;

/** The files of imports, exactly as they came. */
@Component
class ImportFiles {

  private final GridFsOperations files;

  ImportFiles(GridFsOperations files) {
    this.files = files;
  }

  /** @return the id of the file */
  String store(InputStream content, String name) {
    return files.store(content, name).toHexString();
  }

  /** @throws NoSuchFileException when it was deleted, after its time or because somebody in it was erased */
  InputStream open(String id) throws NoSuchFileException {
    GridFSFile file = id == null ? null : files.findOne(Query.query(Criteria.where("_id").is(id)));
    if (file == null) throw new NoSuchFileException("the file of an import");
    try {
      return files.getResource(file).getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String id) {
    files.delete(Query.query(Criteria.where("_id").is(id)));
  }
}
