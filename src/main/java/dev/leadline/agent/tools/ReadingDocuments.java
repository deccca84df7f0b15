package dev.leadline.agent.tools;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ReadingDocuments extends Repository<Reading, String> {

  Reading save(Reading reading);

  Optional<Reading> findById(String id);

  List<Reading> findByRunAndLeadIdOrderByAt(long run, String leadId);
}
