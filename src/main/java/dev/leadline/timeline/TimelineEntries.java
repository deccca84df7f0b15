package dev.leadline.timeline;

import java.util.List;
import org.springframework.data.repository.Repository;

interface TimelineEntries extends Repository<TimelineEntry, String> {

  TimelineEntry save(TimelineEntry entry);

  boolean existsById(String id);

  List<TimelineEntry> findByLeadIdOrderByAt(String leadId);
}
