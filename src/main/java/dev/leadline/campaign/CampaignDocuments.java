package dev.leadline.campaign;

import java.util.Optional;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.repository.Repository;

/** All campaigns. */
interface CampaignDocuments extends Repository<Campaign, String> {

  Campaign save(Campaign campaign);

  Optional<Campaign> findById(String id);

  Optional<Campaign> findByRequestKey(String key);

  Page<Campaign> findAllByOrderByCreatedAtDesc(Pageable page);

  void delete(Campaign campaign);
}
