package dev.leadline.enrichment;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface CachedAnswers extends Repository<CachedAnswer, String> {

  CachedAnswer save(CachedAnswer answer);

  Optional<CachedAnswer> findById(String id);

  void deleteAll();
}
