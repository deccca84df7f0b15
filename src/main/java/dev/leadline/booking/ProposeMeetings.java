package dev.leadline.booking;

import dev.leadline.booking.Bookings.NotPossible;
import dev.leadline.engine.Messages;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Starts the journey of a meeting that a colleague wants. */
@Component
class ProposeMeetings {

  private final Leads leads;
  private final Meetings meetings;
  private final Messages messages;

  ProposeMeetings(Leads leads, Meetings meetings, Messages messages) {
    this.leads = leads;
    this.meetings = meetings;
    this.messages = messages;
  }

  /** @throws NotPossible when there is no such lead, they may not be contacted, or a meeting is under way */
  void to(String leadId) {
    Lead lead = leads.findById(leadId).orElseThrow(() -> new NotPossible("There is no such lead."));
    if (lead.stage() == Stage.SUPPRESSED) throw new NotPossible("This person is not to be contacted.");
    var theirs = meetings.findByLeadIdOrderByProposedAt(leadId);
    if (theirs.stream().anyMatch(meeting -> meeting.state().open()))
      throw new NotPossible("A meeting with them is proposed or booked already.");
    var score = new HashMap<String, Object>();
    if (lead.score() != null) score.put("points", lead.score());
    if (lead.tier() != null) score.put("tier", lead.tier().name());
    // However often it is asked for, until there is one.
    messages.begin(
        "book-meeting", "meeting-wanted", leadId, "meeting-wanted:%s:%d".formatted(leadId, theirs.size()),
        Map.of("leadId", leadId, "score", score));
  }
}
