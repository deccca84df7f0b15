package dev.leadline.timeline;

import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface TimelineEntries extends Repository<TimelineEntry, String> {

  TimelineEntry insert(TimelineEntry entry);

  Optional<TimelineEntry> findById(String id);

  List<TimelineEntry> findByLeadIdOrderByAt(String leadId);
}
