package dev.leadline.growth;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** What is known about growth, by lead; nothing when the lane is switched off. */
public interface Growths extends Repository<Growth, String> {

  Growth save(Growth growth);

  Optional<Growth> findById(String leadId);
}
