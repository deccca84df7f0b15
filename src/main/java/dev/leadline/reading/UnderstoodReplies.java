package dev.leadline.reading;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All replies that were read, by message. */
public interface UnderstoodReplies extends Repository<UnderstoodReply, String> {

  UnderstoodReply save(UnderstoodReply reply);

  Optional<UnderstoodReply> findById(String messageId);
}
