package dev.leadline.story;

import static java.util.Comparator.comparing;

import dev.leadline.growth.Growths;
import dev.leadline.lead.Leads;
import dev.leadline.meeting.Briefs;
import dev.leadline.outreach.Drafts;
import dev.leadline.qualify.Assessments;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts a lead's story together from what every part has kept. */
@Component
class Stories {

  private final Leads leads;
  private final Dossiers dossiers;
  private final Assessments assessments;
  private final Growths growths;
  private final Briefs briefs;
  private final Drafts drafts;
  private final Timeline timeline;
  private final JourneyMoments journey;

  Stories(
      Leads leads, Dossiers dossiers, Assessments assessments, Growths growths, Briefs briefs, Drafts drafts,
      Timeline timeline, JourneyMoments journey) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.growths = growths;
    this.briefs = briefs;
    this.drafts = drafts;
    this.timeline = timeline;
    this.journey = journey;
  }

  Optional<Story> of(String leadId) {
    return leads
        .findById(leadId)
        .map(
            lead -> {
              var entries = timeline.of(leadId);
              var found = journey.of(leadId, entries);
              var moments =
                  Stream.concat(entries.stream().map(Moment::of), found.moments().stream())
                      .sorted(comparing(Moment::running).thenComparing(Moment::at))
                      .toList();
              return new Story(
                  lead,
                  dossiers.findById(leadId).orElse(null),
                  assessments.findById(leadId).orElse(null),
                  growths.findById(leadId).orElse(null),
                  briefs.findById(leadId).orElse(null),
                  last(entries, "lead-score"),
                  last(entries, "lead-routing"),
                  drafts.findByLeadIdOrderByWrittenAt(leadId),
                  moments,
                  found.instances(),
                  !found.answered());
            });
  }

  private static TimelineEntry last(List<TimelineEntry> entries, String step) {
    return entries.stream().filter(entry -> entry.step().equals(step)).reduce((one, later) -> later).orElse(null);
  }
}
