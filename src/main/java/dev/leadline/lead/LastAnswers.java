package dev.leadline.lead;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Who has answered, and when last. */
public interface LastAnswers extends Repository<LastAnswer, String> {

  LastAnswer save(LastAnswer answer);

  Optional<LastAnswer> findById(String leadId);
}
