package dev.leadline.timeline;

import java.util.List;
import org.springframework.data.repository.Repository;

interface TimelineEntries extends Repository<TimelineEntry, String> {

  TimelineEntry insert(TimelineEntry entry);

  List<TimelineEntry> findByLeadIdOrderByAt(String leadId);
}
