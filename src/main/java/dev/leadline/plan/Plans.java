package dev.leadline.plan;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** All plans, by lead and campaign. */
public interface Plans extends Repository<Plan, String> {

  Plan save(Plan plan);

  Optional<Plan> findById(String id);

  default Optional<Plan> of(String leadId, String campaign) {
    return findById(Plan.id(leadId, campaign));
  }
}
