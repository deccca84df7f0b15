package dev.leadline.story;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.leadline.agent.AgentRun;
import dev.leadline.agent.AgentRuns;
import dev.leadline.growth.Growths;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Leads;
import dev.leadline.meeting.Briefs;
import dev.leadline.outreach.Drafts;
import dev.leadline.qualify.Assessments;
import dev.leadline.replies.Threads;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Puts a lead's story together from what every part has kept. */
@Component
class Stories {

  private static final Pattern ENTRY = Pattern.compile("(.+?)-(-?\\d{1,18}|-?[1-8]\\d{18})");

  private final Leads leads;
  private final Attributions attributions;
  private final Dossiers dossiers;
  private final Assessments assessments;
  private final Growths growths;
  private final Briefs briefs;
  private final Drafts drafts;
  private final Threads threads;
  private final Timeline timeline;
  private final JourneyMoments journey;
  private final AgentRuns runs;

  Stories(
      Leads leads, Attributions attributions, Dossiers dossiers, Assessments assessments, Growths growths, Briefs briefs,
      Drafts drafts, Threads threads, Timeline timeline, JourneyMoments journey, AgentRuns runs) {
    this.leads = leads;
    this.attributions = attributions;
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.growths = growths;
    this.briefs = briefs;
    this.drafts = drafts;
    this.threads = threads;
    this.timeline = timeline;
    this.journey = journey;
    this.runs = runs;
  }

  Optional<Story> of(String leadId) {
    return leads
        .findById(leadId)
        .map(
            lead -> {
              var entries = timeline.of(leadId);
              var found = journey.of(leadId, entries);
              var asked = runs.ofLead(leadId);
              var thoughts = asked.stream().map(AgentRun::entry).collect(toSet());
              var moments =
                  Stream.concat(entries.stream().map(entry -> Moment.of(entry, thoughts)), found.moments().stream())
                      .sorted(comparing(Moment::running).thenComparing(Moment::at))
                      .toList();
              return new Story(
                  lead,
                  attributions.findById(leadId).orElse(null),
                  dossiers.findById(leadId).orElse(null),
                  assessments.findById(leadId).orElse(null),
                  growths.findById(leadId).orElse(null),
                  briefs.findById(leadId).orElse(null),
                  last(entries, "lead-score"),
                  last(entries, "lead-routing"),
                  drafts.findByLeadIdOrderByWrittenAt(leadId),
                  threads.of(leadId),
                  moments,
                  found.instances(),
                  found.version(),
                  Spent.of(asked),
                  found.running(),
                  !found.answered());
            });
  }

  /** What models were asked and answered for one entry of the timeline. */
  List<AgentRun> thoughts(String leadId, String entry) {
    // The key of a job that was none is negative: assess-lead--42.
    var said = ENTRY.matcher(entry);
    if (!said.matches()) return List.of();
    String step = said.group(1);
    long key = Long.parseLong(said.group(2));
    var asked = runs.findByLeadIdAndStepAndJobKeyOrderByAt(leadId, step, key);
    return asked.isEmpty() ? runs.findByLeadIdAndStepAndTurnOfOrderByAt(leadId, step, key) : asked;
  }

  /** The facts of a lead's dossier in words, by their ids. */
  Map<String, String> facts(String leadId) {
    return dossiers.findById(leadId)
        .map(dossier -> dossier.facts().stream().collect(toMap(Fact::id, Fact::text, (one, other) -> one)))
        .orElse(Map.of());
  }

  private static TimelineEntry last(List<TimelineEntry> entries, String step) {
    return entries.stream().filter(entry -> entry.step().equals(step)).reduce((one, later) -> later).orElse(null);
  }
}
