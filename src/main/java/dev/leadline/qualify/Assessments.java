package dev.leadline.qualify;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All assessments, by lead. */
public interface Assessments extends Repository<Assessment, String> {

  Assessment save(Assessment assessment);

  Optional<Assessment> findById(String leadId);
}
