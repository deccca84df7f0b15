package dev.leadline.booking;

import dev.leadline.agent.Answer;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Meetings, and somebody to meet, for tests. */
public final class TestBooking {

  private TestBooking() {}

  /** Somebody who is being written to; their id, which begins their address too. */
  static String lead(Leads leads, Dossiers dossiers) {
    String id = UUID.randomUUID().toString();
    dossiers.save(new Dossier(id, List.of(), List.of(), Answer.Source.RULES, Instant.now()));
    leads.save(new Lead(
        id, null, id + "@nordkap.example", id + "@nordkap.example", "Anna Berg", "Nordkap Logistik GmbH", null,
        "Head of Operations", "Website form", "", Lead.Start.STARTED, Lead.Stage.CONTACTING, 70, Lead.Tier.A, "outreach",
        Instant.now(), null));
    return id;
  }

  /** Nobody has been offered times. */
  public static MeetingReplies noMeetings() {
    return new MeetingReplies(null, null, null, null) {
      @Override
      public boolean calendar(String leadId, String ics) {
        return false;
      }

      @Override
      public Optional<Meeting> proposed(String leadId) {
        return Optional.empty();
      }
    };
  }
}
