package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.timeline.Happening;
import dev.leadline.timeline.Happenings;
import dev.leadline.timeline.Timeline;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** What is to be written into the CRM: stored before anything else, lead by lead in the order it happened. */
@Component
public class CrmOutbox {

  private final Relay relay;
  private final CrmRecords crm;
  private final CrmSettings settings;
  private final Links links;
  private final Timeline timeline;
  private final Clock clock;

  CrmOutbox(
      @Qualifier("crmRelay") Relay relay, CrmRecords crm, CrmSettings settings, Links links, Timeline timeline, Clock clock) {
    this.relay = relay;
    this.crm = crm;
    this.settings = settings;
    this.links = links;
    this.timeline = timeline;
    this.clock = clock;
  }

  /**
   * Makes the lead a contact, or brings the contact up to date, and everything said so far follows.
   *
   * @param id the same for the same wish
   * @param stage null leaves it as it is
   * @param reason null leaves it as it is
   * @throws IllegalArgumentException when the stage or the reason is not one of the list
   */
  public void person(String id, String leadId, String stage, String reason) {
    if (stage != null && !settings.stages().contains(stage))
      throw new IllegalArgumentException("The stage must be one of " + settings.stages() + ", not " + stage);
    if (reason != null && !settings.reasons().contains(reason))
      throw new IllegalArgumentException("The reason must be one of " + settings.reasons() + ", not " + reason);
    try {
      links.insert(Link.wanted(leadId, crm.name(), clock.instant()));
    } catch (DuplicateKeyException known) {
      // Known before; another CRM than then gives them another id.
      links.change(leadId, link -> link.crm().equals(crm.name()) ? link : Link.wanted(leadId, crm.name(), clock.instant())
          .at(link.version()));
    }
    var content = new HashMap<String, String>();
    if (stage != null) content.put("stage", stage);
    if (reason != null) content.put("reason", reason);
    relay.add(CrmWriter.PERSON + "/" + id, leadId, CrmWriter.PERSON, leadId, content);
    timeline.of(leadId).stream().flatMap(entry -> Happenings.of(entry).stream()).forEach(this::touch);
  }

  /** Whether this lead is known to the CRM, or about to be. */
  public boolean knows(String leadId) {
    return links.findById(leadId).isPresent();
  }

  /**
   * Has the CRM delete a person, after what is on its way to it about them. Names them by our id alone, and belongs to no
   * lead, so that erasing the lead here does not take it along.
   *
   * @param id the same for the same wish
   * @return what the CRM is called; empty when it does not know them
   */
  public Optional<String> erase(String id, String leadId) {
    if (!knows(leadId) && erasures(List.of(leadId)).isEmpty()) return Optional.empty();
    relay.add(CrmWriter.ERASURE + "/" + id, leadId, CrmWriter.ERASURE, null, Map.of());
    return Optional.of(crm.label());
  }

  /** How far it has come, lead by lead: what was given up before what waits, and that before what is done. */
  public Map<String, Parcel> erasures(Collection<String> leadIds) {
    return relay.find(CrmWriter.ERASURE, leadIds).stream()
        .collect(Collectors.toMap(Parcel::lane, one -> one, BinaryOperator.minBy(Comparator.comparing(CrmOutbox::concern))));
  }

  private static int concern(Parcel parcel) {
    return List.of(State.DEAD, State.PENDING, State.DONE).indexOf(parcel.state());
  }

  @EventListener
  void happened(Happening happening) {
    if (happening.touch() != null && knows(happening.leadId())) touch(happening);
  }

  private void touch(Happening happening) {
    if (happening.touch() == null) return;
    relay.add(
        CrmWriter.TOUCH + "/" + crm.name() + "/" + happening.entry(), happening.leadId(), CrmWriter.TOUCH,
        happening.leadId(), Map.of("entry", happening.entry(), "touch", happening.touch()));
  }
}
