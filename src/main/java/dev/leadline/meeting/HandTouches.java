package dev.leadline.meeting;

import java.util.List;
import org.springframework.data.repository.Repository;

/** What people did and noted, by lead. */
interface HandTouches extends Repository<HandTouch, String> {

  HandTouch save(HandTouch touch);

  List<HandTouch> findByLeadIdOrderByAt(String leadId);
}
