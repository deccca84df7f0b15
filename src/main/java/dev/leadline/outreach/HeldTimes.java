package dev.leadline.outreach;

import java.time.ZonedDateTime;
import java.util.List;

/** Times for a meeting that are held for a lead until they decide, for whoever keeps the diaries to tell. */
public interface HeldTimes {

  /** In order and in the lead's zone; empty when none are held. */
  List<ZonedDateTime> of(String leadId);
}
