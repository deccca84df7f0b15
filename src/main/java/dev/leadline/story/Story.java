package dev.leadline.story;

import dev.leadline.lead.Lead;
import dev.leadline.outreach.Draft;
import dev.leadline.research.Dossier;
import dev.leadline.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;

/**
 * Everything there is about one lead.
 *
 * @param dossier null before research
 * @param score what the table said about it, with the rows hit; null before scoring
 * @param route likewise
 * @param moments in order; what is not over yet at the end
 * @param instances process instances of its journey, oldest first
 * @param spent on models, for this lead
 * @param engineAway the moments may lack what only the engine knows
 */
record Story(
    Lead lead,
    Dossier dossier,
    TimelineEntry score,
    TimelineEntry route,
    List<Draft> drafts,
    List<Moment> moments,
    List<Long> instances,
    Spent spent,
    boolean engineAway) {

  public Draft lastDraft() {
    return drafts.isEmpty() ? null : drafts.getLast();
  }

  public Optional<Long> firstInstance() {
    return instances.stream().findFirst();
  }

  /** Changes whenever the page would look different. */
  public String version() {
    return Integer.toHexString(List.of(lead, drafts, moments, dossier == null, spent, engineAway).hashCode());
  }
}
