package dev.leadline.agent.tools;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TranscriptDocuments extends Repository<Transcript, String> {

  Transcript save(Transcript transcript);

  Optional<Transcript> findById(String id);
}
