package dev.leadline.replies;

import com.mongodb.client.gridfs.model.GridFSFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.gridfs.GridFsOperations;
import org.springframework.stereotype.Component;

/** Mails exactly as they came. */
@Component
class RawMails {

  private final GridFsOperations files;

  RawMails(GridFsOperations files) {
    this.files = files;
  }

  /** @return the id of the file */
  String store(byte[] mail) {
    return files.store(new ByteArrayInputStream(mail), "mail.eml").toHexString();
  }

  byte[] read(String id) {
    GridFSFile file = files.findOne(Query.query(Criteria.where("_id").is(id)));
    if (file == null) throw new IllegalStateException("The file of a mail is gone");
    try (InputStream content = files.getResource(file).getInputStream()) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String id) {
    files.delete(Query.query(Criteria.where("_id").is(id)));
  }
}
