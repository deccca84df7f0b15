package dev.leadline.lead;

import java.util.List;
import org.springframework.data.domain.Page;

/** One page of leads, newest first. */
record LeadPage(List<LeadView> items, int page, int size, long total) {

  static LeadPage of(Page<Lead> found) {
    return new LeadPage(
        found.map(LeadView::of).toList(), found.getNumber(), found.getSize(), found.getTotalElements());
  }
}
