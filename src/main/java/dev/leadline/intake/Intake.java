package dev.leadline.intake;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.lead.StartJourneys;
import dev.leadline.timeline.Timeline;
import dev.leadline.trace.LeadTraces;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.types.ObjectId;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** The one gate by which leads come in, whatever the channel. */
@Component
public class Intake {

  /** Far more than can be under way at once. */
  private static final int INTERRUPTED = 1_000;
  private static final String CHANNEL = "leadline.channel";

  private final ReceivedPayloads payloads;
  private final Leads leads;
  private final Timeline timeline;
  private final StartJourneys journeys;
  private final LeadTraces traces;
  private final IntakeSettings settings;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Intake(
      ReceivedPayloads payloads, Leads leads, Timeline timeline, StartJourneys journeys, LeadTraces traces,
      IntakeSettings settings, ApplicationEventPublisher events, Clock clock) {
    this.payloads = payloads;
    this.leads = leads;
    this.timeline = timeline;
    this.journeys = journeys;
    this.traces = traces;
    this.settings = settings;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Stores the payload, then judges it.
   *
   * @param idempotencyKey null when the sender named none; the same key and payload again gets the same verdict
   * @throws KeyReused when the key came before with another payload
   */
  Verdict take(Channel channel, String idempotencyKey, String payload) {
    return judge(store(channel, idempotencyKey, payload));
  }

  /** Judges what an earlier life of the application stored and did not come to judge. */
  @EventListener(ApplicationReadyEvent.class)
  void judgeInterrupted() {
    var interrupted = payloads.findByVerdictIsNullAndAtBeforeOrderByAt(clock.instant(), Limit.of(INTERRUPTED));
    Thread.startVirtualThread(() -> interrupted.forEach(this::judge));
  }

  /** Judges what was stored; judging it again comes to the same verdict. */
  Verdict judge(Received received) {
    Verdict verdict = verdict(received);
    if (received.verdict() == null) {
      try {
        payloads.save(received.judged(verdict, address(received.payload()), settings.keepRejected()));
      } catch (OptimisticLockingFailureException theSameRequestTwiceAtOnce) {
        return verdict;
      }
    }
    return verdict;
  }

  /** Whom a payload is about, as far as it says; null otherwise. */
  private static String address(String payload) {
    try {
      return JsonSubmission.read(payload).address().orElse(null);
    } catch (JsonSubmission.Unreadable e) {
      return null;
    }
  }

  private Verdict verdict(Received received) {
    if (received.verdict() == Verdict.Outcome.DUPLICATE) return new Verdict.Duplicate(leads.get(received.leadId()));
    try {
      return register(received.id(), received.channel(), JsonSubmission.read(received.payload()));
    } catch (JsonSubmission.Unreadable e) {
      return new Verdict.Rejected(List.of(new FieldProblem("body", e.getMessage())));
    }
  }

  private Received store(Channel channel, String key, String payload) {
    try {
      return payloads.save(
          new Received(new ObjectId().toHexString(), null, channel, clock.instant(), payload, key, null, null, null, null));
    } catch (DuplicateKeyException cameBefore) {
      Received before = payloads.findByIdempotencyKey(key).orElseThrow(() -> cameBefore);
      if (!before.payload().equals(payload)) throw new KeyReused();
      return before;
    }
  }

  /** What would be said to a submission, without doing anything. */
  public Verdict preview(Submission submission) {
    var problems = submission.check();
    if (!problems.isEmpty()) return new Verdict.Rejected(problems);
    Lead lead = lead("preview", submission);
    return leads.findByAddress(lead.address()).<Verdict>map(Verdict.Duplicate::new).orElse(new Verdict.New(lead));
  }

  /**
   * Registers a lead and lets its journey start.
   *
   * @param id of the lead to be; the same id again is the same registration, not a duplicate
   */
  public Verdict register(String id, Channel channel, Submission submission) {
    var problems = submission.check();
    if (!problems.isEmpty()) return new Verdict.Rejected(problems);
    Lead asked = lead(id, submission);
    Lead lead = saved(asked);
    if (!lead.id().equals(id)) {
      try (var span = traces.begin(lead.id(), "register-lead-again").with(CHANNEL, channel.name())) {
        recordDuplicate(id, channel, asked, lead);
        if (channel.asked() && lead.stage().compareTo(Lead.Stage.CONTACTING) >= 0)
          events.publishEvent(new CameAgain(id, lead, Objects.toString(asked.projectDescription(), "")));
      }
      return new Verdict.Duplicate(lead);
    }
    try (var span = traces.root(id, "register-lead", asked.registeredAt()).with(CHANNEL, channel.name())) {
      timeline.record(
          id + "-registered", id, "register-lead", channel.actor(), channel.by(lead.name()), channel.came(),
          List.of("Lead source: " + lead.leadSource()));
    }
    if (lead.journey() == Lead.Start.PENDING) journeys.soon(id);
    return new Verdict.New(lead);
  }

  /** The lead as asked, or the one that has the same address. */
  private Lead saved(Lead asked) {
    var known = leads.findByAddress(asked.address());
    if (known.isPresent()) return known.get();
    try {
      return leads.save(asked);
    } catch (DuplicateKeyException somebodyWasFaster) {
      return leads.findByAddress(asked.address()).orElseThrow(() -> somebodyWasFaster);
    }
  }

  private Lead lead(String id, Submission said) {
    var now = clock.instant();
    return new Lead(
        id, null, said.email().normal(), said.email().given(), said.value(Field.NAME), said.value(Field.COMPANY),
        said.website(), said.value(Field.JOB_TITLE), said.value(Field.LEAD_SOURCE), said.projectDescription(),
        Lead.Start.PENDING, Lead.Stage.NEW, null, null, null, now, now);
  }

  private void recordDuplicate(String id, Channel channel, Lead asked, Lead known) {
    var changes = new ArrayList<String>();
    note(changes, "Name", asked.name(), known.name());
    note(changes, "Company", asked.company(), known.company());
    note(changes, "Website", asked.website(), known.website());
    note(changes, "Job title", asked.jobTitle(), known.jobTitle());
    note(changes, "Found us through", asked.leadSource(), known.leadSource());
    note(changes, "Project", asked.projectDescription(), known.projectDescription());
    timeline.record(
        id + "-duplicate", known.id(), "register-lead", channel.actor(), channel.by(asked.name()), channel.cameAgain(),
        changes);
  }

  private static void note(List<String> changes, String what, String now, String before) {
    if (now != null && !Objects.equals(now, before)) changes.add(what + " this time: " + now);
  }
}
