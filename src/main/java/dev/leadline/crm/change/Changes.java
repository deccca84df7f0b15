package dev.leadline.crm.change;

import dev.leadline.crm.CrmChange;
import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.change.Received.Told;
import dev.leadline.crm.sync.Link;
import dev.leadline.crm.sync.Links;
import dev.leadline.engine.Messages;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Takes in what is changed in the CRM, and tells the engine of what is news.
 *
 * <p>What we know already is no news. So what we wrote ourselves does not come back as an event, whichever way the CRM
 * marks it, and a change that is told twice is one. A change is stored before the engine is told, and told until it is
 * taken. Whoever is not to be contacted is suppressed here, before any journey hears of it.
 */
@Component
public class Changes {

  private static final Logger log = LoggerFactory.getLogger(Changes.class);
  private static final int BATCH = 200;

  private final CrmRecords crm;
  private final Links links;
  private final Leads leads;
  private final Suppress suppress;
  private final ReceivedChanges received;
  private final Messages messages;

  Changes(
      CrmRecords crm, Links links, Leads leads, Suppress suppress, ReceivedChanges received, Messages messages) {
    this.crm = crm;
    this.links = links;
    this.leads = leads;
    this.suppress = suppress;
    this.received = received;
    this.messages = messages;
  }

  /** @return how many of them are news */
  public int receive(List<CrmChange> changes) {
    return (int) changes.stream().filter(this::receive).count();
  }

  boolean receive(CrmChange change) {
    return links.findByPerson(change.person()).stream()
        .filter(link -> link.crm().equals(crm.name()) && isNews(link, change))
        .map(link -> receive(link, change))
        .reduce(false, Boolean::logicalOr);
  }

  private static boolean isNews(Link link, CrmChange change) {
    String before = link.known().get(change.what() + ":at");
    return !change.value().equals(link.known().get(change.what().name()))
        && (before == null || !change.at().isBefore(Instant.parse(before)));
  }

  private boolean receive(Link link, CrmChange change) {
    if (change.what() == CrmChange.What.DO_NOT_CONTACT) {
      leads.findById(link.leadId())
          .ifPresent(lead -> suppress.address(lead.address(), Reason.DO_NOT_CONTACT, "CRM"));
    }
    try {
      var news = received.insert(new Received(
          crm.name() + ":" + change.id(), link.leadId(), change.what(), change.value(), change.at(), Told.PENDING));
      links.change(link.leadId(), known ->
          known.knowing(change.what().name(), change.value()).knowing(change.what() + ":at", change.at().toString()));
      Thread.startVirtualThread(() -> tell(news));
      return true;
    } catch (DuplicateKeyException before) {
      return false;
    }
  }

  /** Tells what is pending, oldest first, until nothing is left or the engine does not take it. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void pending() {
    List<Received> pending;
    do {
      pending = received.findByJourneyOrderByAt(Told.PENDING, Limit.of(BATCH));
    } while (pending.stream().allMatch(this::tell) && pending.size() == BATCH);
  }

  /** @return whether it is done */
  private boolean tell(Received change) {
    try {
      publish(change);
      received.save(change.told());
      return true;
    } catch (RuntimeException e) {
      log.warn("A change in the CRM is told later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  /** One after the other for one lead: a process of the same correlation key starts when the one before has ended. */
  private void publish(Received change) {
    // An owner is somebody's name; the step that needs it looks it up.
    String value = change.what() == CrmChange.What.OWNER ? "" : change.value();
    messages.begin(
        "crm-change", "crm-changed", change.leadId(), change.id(),
        Map.of("leadId", change.leadId(), "changeId", change.id(), "change", Map.of("what", change.word(), "value", value)));
  }
}
