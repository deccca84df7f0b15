package dev.leadline.agent.tools;

import dev.leadline.agent.WordsOfLeads;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ReadingDocuments extends Repository<Reading, String>, WordsOfLeads {

  Reading save(Reading reading);

  Optional<Reading> findById(String id);

  List<Reading> findByRunAndLeadIdOrderByAt(long run, String leadId);
}
