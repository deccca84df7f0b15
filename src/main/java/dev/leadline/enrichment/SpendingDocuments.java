package dev.leadline.enrichment;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface SpendingDocuments extends Repository<Spending, String> {

  Spending save(Spending spending);

  Optional<Spending> findById(String leadId);
}
