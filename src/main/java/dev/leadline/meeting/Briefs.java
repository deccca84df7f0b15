package dev.leadline.meeting;

import java.util.Optional;
import org.springframework.data.repository.Repository;

/** The last brief about each lead. */
public interface Briefs extends Repository<Brief, String> {

  Brief save(Brief brief);

  Optional<Brief> findById(String leadId);
}
