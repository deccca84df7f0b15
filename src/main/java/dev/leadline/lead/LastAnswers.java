package dev.leadline.lead;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

/** Who has answered, and when last. */
public interface LastAnswers extends Repository<LastAnswer, String> {

  LastAnswer save(LastAnswer answer);

  Optional<LastAnswer> findById(String leadId);

  List<LastAnswer> findByLeadIdIn(Collection<String> leadIds);
}
