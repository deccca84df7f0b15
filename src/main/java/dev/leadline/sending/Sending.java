package dev.leadline.sending;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.sending.MailboxLoads.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What people see of sending: who waits and for what, how full the mailbox is, and who is held. */
@Component
class Sending {

  private final Queue queue;
  private final MailboxLoads loads;
  private final Holds holds;
  private final PanicSwitch panic;
  private final Policies policies;
  private final SendingSettings settings;
  private final Leads leads;

  Sending(
      Queue queue, MailboxLoads loads, Holds holds, PanicSwitch panic, Policies policies, SendingSettings settings,
      Leads leads) {
    this.queue = queue;
    this.loads = loads;
    this.holds = holds;
    this.panic = panic;
    this.policies = policies;
    this.settings = settings;
    this.leads = leads;
  }

  /** Somebody's mail that waits; {@code lead} is null when they are gone. */
  record Waiting(QueuedTouch touch, Lead lead) {}

  /** The hours in which one kind of mail goes, as the row for unknown countries has them. */
  record Hours(Kind kind, SendPolicy policy) {

    /** Share of the day before they begin, in percent. */
    public int begins() {
      return percent(policy.from());
    }

    /** Share of the day that they last, in percent. */
    public int lasts() {
      return percent(policy.to()) - begins();
    }

    private static int percent(String time) {
      String[] parts = time.split(":");
      return (Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1])) * 100 / (24 * 60);
    }
  }

  /** Someone held; {@code lead} is null for a company or a mailbox of ours, or when they are gone. */
  record Held(Hold hold, Lead lead) {

    public String name() {
      return Hold.heldMailbox(hold.who()).map("Our mailbox %s"::formatted).orElse(hold.who());
    }
  }

  /** How sending stands. */
  record State(Hold stopped, List<Use> mailboxes, Map<Kind, Long> waiting, long onTheirWay) {

    public long total() {
      return waiting.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  State state() {
    return new State(
        panic.stopped().orElse(null), loads.uses(),
        Stream.of(Kind.values()).collect(Collectors.toMap(Function.identity(), queue::waiting)), queue.called());
  }

  /** @param page counted from 0 */
  List<Waiting> waiting(int page, int size) {
    var touches = queue.page(page, size);
    var known = known(touches.stream().map(QueuedTouch::leadId).toList());
    return touches.stream().map(touch -> new Waiting(touch, known.get(touch.leadId()))).toList();
  }

  List<Held> held() {
    var all = holds.all();
    var known = known(all.stream().map(Hold::who).toList());
    return all.stream().map(hold -> new Held(hold, known.get(hold.who()))).toList();
  }

  /** None when the table cannot be used; what waits for it says so. */
  List<Hours> hours() {
    var anybody = new Recipient("", "", null, null, settings.zone(), "none", null, null);
    var hours = new ArrayList<Hours>();
    try {
      for (Kind kind : Kind.values()) hours.add(new Hours(kind, policies.send(kind, anybody)));
    } catch (UnusableTable table) {
      return List.of();
    }
    return hours;
  }

  private Map<String, Lead> known(List<String> ids) {
    return leads.findByIdIn(new HashSet<>(ids)).stream().collect(Collectors.toMap(Lead::id, Function.identity()));
  }
}
