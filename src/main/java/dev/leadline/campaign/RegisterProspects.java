package dev.leadline.campaign;

import dev.leadline.campaign.Prospect.State;
import dev.leadline.intake.Channel;
import dev.leadline.intake.Field;
import dev.leadline.intake.Intake;
import dev.leadline.intake.Submission;
import dev.leadline.intake.Verdict;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppressed;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Action step: lets in whom the table prospect-policy lets in, through the gate that every lead comes through. */
@Component
public class RegisterProspects {

  private static final String STEP = "register-prospects";
  private static final String ACCEPT = "accept";

  private final Executions executions;
  private final Prospects prospects;
  private final Suppressed suppressed;
  private final Leads leads;
  private final Attributions attributions;
  private final Intake intake;
  private final Timeline timeline;
  private final ExecutionLog log;
  private final Clock clock;

  RegisterProspects(
      Executions executions, Prospects prospects, Suppressed suppressed, Leads leads,
      Attributions attributions, Intake intake, Timeline timeline, ExecutionLog log, Clock clock) {
    this.executions = executions;
    this.prospects = prospects;
    this.suppressed = suppressed;
    this.leads = leads;
    this.attributions = attributions;
    this.intake = intake;
    this.timeline = timeline;
    this.log = log;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    var run = executions.get(input.executionId());
    var found = prospects.findByIdIn(input.verdicts().stream().map(Said::id).toList()).stream()
        .collect(Collectors.toMap(Prospect::id, Function.identity()));
    var counts = new EnumMap<State, Integer>(State.class);
    for (Said said : input.verdicts()) {
      var prospect = found.get(said.id());
      if (prospect == null || prospect.state() != State.FOUND || !prospect.executionId().equals(run.id())) continue;
      // A pause or an end counts at once, not after the batch; who is left stays found.
      if (!executions.running(run.id())) break;
      var judged = judge(run, prospect, said);
      if (judged.state() == State.FOUND) break;
      prospects.save(judged);
      counts.merge(judged.state(), 1, Integer::sum);
      executions.stir(run.id());
    }
    tell(run, counts, jobKey);
    boolean more = executions.get(run.id()).searched() == null
        || prospects.countByExecutionIdAndState(run.id(), State.FOUND) > 0;
    return new Result(new Registered(counts.getOrDefault(State.REGISTERED, 0), more));
  }

  private Prospect judge(Execution run, Prospect prospect, Said said) {
    var email = prospect.email() == null ? null : EmailAddress.of(prospect.email()).orElse(null);
    var known = email == null ? null : leads.findByAddress(email.normal()).orElse(null);
    if (known != null)
      return known.id().equals(prospect.id())
          ? prospect.judged(State.REGISTERED, null, known.id()) // by an attempt that did not come to its end
          : prospect.judged(State.DUPLICATE, "Is a lead already", known.id());
    if (!ACCEPT.equals(said.verdict())) return prospect.judged(State.EXCLUDED, said.because(), null);
    // Whatever a table says.
    if (email != null && suppressed.person(email.normal(), prospect.company(), prospect.website()).isPresent())
      return prospect.judged(State.EXCLUDED, "Is not to be contacted", null);
    return register(run, prospect);
  }

  private Prospect register(Execution run, Prospect prospect) {
    String source = StringUtils.capitalize(prospect.source());
    var submission = new Submission();
    submission.put(Field.NAME, prospect.name());
    submission.put(Field.EMAIL, prospect.email());
    submission.put(Field.COMPANY, prospect.company());
    submission.put(Field.WEBSITE, prospect.website());
    submission.put(Field.JOB_TITLE, prospect.jobTitle());
    submission.put(Field.LEAD_SOURCE, "Prospect list: " + source);
    // Before the journey starts, which must see it.
    attributions.save(new Attribution(
        prospect.id(), run.campaignId(), run.definition().name(), run.id(), source, Attribution.LEGITIMATE_INTEREST,
        clock.instant()));
    // Asked once more now that they can be found by it: whoever ends the run from here on finds them, and StopLeads does.
    if (!executions.running(run.id())) {
      attributions.deleteById(prospect.id());
      return prospect;
    }
    return switch (intake.register(prospect.id(), Channel.PROSPECTING, submission)) {
      case Verdict.New made -> {
        timeline.record(
            prospect.id() + "-attributed", prospect.id(), STEP, Actor.SYSTEM, run.definition().name(),
            "Is a lead of the campaign “%s”: did not write to us.".formatted(run.definition().name()),
            List.of("Found in: " + source, "May be written to because of: legitimate interest"));
        yield prospect.judged(State.REGISTERED, null, made.lead().id());
      }
      case Verdict.Duplicate same -> {
        attributions.deleteById(prospect.id());
        yield prospect.judged(State.DUPLICATE, "Is a lead already", same.of().id());
      }
      case Verdict.Rejected no -> {
        attributions.deleteById(prospect.id());
        yield prospect.judged(
            State.REJECTED, no.problems().stream().map(one -> one.field() + " " + one.reason())
                .collect(Collectors.joining("; ")), null);
      }
    };
  }

  private void tell(Execution run, Map<State, Integer> counts, long jobKey) {
    if (counts.isEmpty()) return;
    var details = counts.entrySet().stream()
        .map(one -> "%d %s".formatted(one.getValue(), one.getKey().inWords())).toList();
    int added = counts.getOrDefault(State.REGISTERED, 0);
    log.write(
        STEP + "-" + jobKey, run.id(), STEP, "prospect-policy",
        added == 1 ? "1 new lead." : added + " new leads.", details);
  }

  /** @param verdicts by the table prospect-policy */
  record Input(String executionId, List<Said> verdicts) {
    Input {
      verdicts = verdicts == null ? List.of() : verdicts;
    }
  }

  /**
   * What the table said of one prospect.
   *
   * @param verdict accept or exclude
   */
  record Said(String id, String verdict, String because) {}

  record Result(Registered registered) {}

  /** @param more whether there may be more to find, or somebody waits for a verdict */
  record Registered(int leads, boolean more) {}
}
