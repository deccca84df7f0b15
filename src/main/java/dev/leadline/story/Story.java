package dev.leadline.story;

import dev.leadline.growth.Growth;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Lead;
import dev.leadline.meeting.Brief;
import dev.leadline.outreach.Draft;
import dev.leadline.qualify.Assessment;
import dev.leadline.replies.Threads.Spoken;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;

/**
 * Everything there is about one lead.
 *
 * @param attribution null when nobody looked for the lead
 * @param dossier null before research
 * @param assessment null before it was assessed
 * @param growth null where nobody analysed it
 * @param brief the last that a seller got; null before the first
 * @param score what the table said about it, with the rows hit; null before scoring
 * @param route likewise
 * @param thread the mails in both directions, in order
 * @param moments in order; what is not over yet at the end
 * @param instances process instances of its journey, oldest first
 * @param journeyVersion of the diagram that their journey follows; null when only the engine knows
 * @param spent on models, for this lead
 * @param running whether its journey is not over yet, as far as we know
 * @param engineAway the moments may lack what only the engine knows
 */
record Story(
    Lead lead,
    Attribution attribution,
    Dossier dossier,
    Assessment assessment,
    Growth growth,
    Brief brief,
    TimelineEntry score,
    TimelineEntry route,
    List<Draft> drafts,
    List<Spoken> thread,
    List<Moment> moments,
    List<Long> instances,
    Integer journeyVersion,
    Spent spent,
    boolean running,
    boolean engineAway) {

  /** The words that prove a sentence. */
  public String proof(Cited sentence) {
    return dossier == null ? "" : dossier.quotes(sentence.facts());
  }

  public Draft lastDraft() {
    return drafts.isEmpty() ? null : drafts.getLast();
  }

  public Optional<Long> firstInstance() {
    return instances.stream().findFirst();
  }

  /** Seconds between two looks at what has changed: a lead whose journey is over changes seldom, but may. */
  public int patience() {
    return running ? 2 : 30;
  }

  /** Changes whenever the page would look different. */
  public String version() {
    int known = dossier == null ? 0 : dossier.facts().size();
    return Integer.toHexString(List.of(lead, drafts, thread, moments, known, spent, running, engineAway).hashCode());
  }
}
