package dev.leadline.replies;

import java.util.List;
import org.springframework.data.repository.Repository;

interface Bounces extends Repository<Bounce, String> {

  Bounce save(Bounce bounce);

  List<Bounce> findByLeadId(String leadId);
}
