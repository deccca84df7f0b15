package dev.leadline.agent.tools;

import dev.leadline.agent.WordsOfLeads;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TranscriptDocuments extends Repository<Transcript, String>, WordsOfLeads {

  Transcript save(Transcript transcript);

  Optional<Transcript> findById(String id);
}
