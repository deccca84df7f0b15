package dev.leadline.campaign;

import dev.leadline.campaign.Execution.State;
import dev.leadline.campaign.Execution.Word;
import dev.leadline.lead.PlainText;
import dev.leadline.sending.Holds;
import dev.leadline.web.Refused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What people may do with runs: start, pause, resume, cancel. Counts at once; the diagram is told. */
@Component
class Runs {

  private static final String GOES_ON = "A run of this campaign goes on";
  private static final int LONGEST = 200;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

  private final Campaigns campaigns;
  private final Executions executions;
  private final TellEngine engine;
  private final Holds holds;
  private final ExecutionLog log;
  private final Clock clock;

  Runs(
      Campaigns campaigns, Executions executions, TellEngine engine, Holds holds, ExecutionLog log, Clock clock) {
    this.campaigns = campaigns;
    this.executions = executions;
    this.engine = engine;
    this.holds = holds;
    this.log = log;
    this.clock = clock;
  }

  /** @throws org.springframework.web.ErrorResponseException 404, and 409 while another run of it goes on */
  Executions.Made start(String campaignId, String by, Request request) {
    var campaign = campaigns.get(campaignId);
    var current = executions.current(campaignId);
    if (current.isPresent() && (request.key() == null || !request.key().equals(current.get().requestKey())))
      throw new Refused(HttpStatus.CONFLICT, GOES_ON);
    var made = executions.make(campaign, by, request)
        .orElseThrow(() -> new Refused(HttpStatus.CONFLICT, GOES_ON));
    if (made.now()) say(made.execution(), "start", by, "Started by " + by + ".", List.of());
    engine.soon(made.execution().id());
    return made;
  }

  /** Nothing more is searched, nobody let in and nobody of it mailed until it is resumed; done already is done. */
  Execution pause(String id, String by) {
    holdMail(get(id), "is paused", by);
    return say(id, Word.PAUSED, State.PAUSED, null, by, "pause", "Paused");
  }

  Execution resume(String id, String by) {
    var run = get(id);
    var resumed = run.state() == State.RUNNING
        ? run : say(id, Word.RESUMED, State.RUNNING, null, by, "resume", "Resumed");
    holds.release(id, by);
    return resumed;
  }

  /**
   * Nothing more of it is sent: its diagram ends the journeys of whom it has found, and until then their mail is held.
   * Whoever has answered or meets us goes on.
   *
   * @param why null when there is nothing to say
   */
  Execution cancel(String id, String why, String by) {
    String because = why == null || !PlainText.readable(why) ? null : PlainText.cut(PlainText.line(why), LONGEST);
    holdMail(get(id), "is cancelled", by);
    return say(id, Word.CANCELLED, State.CANCELLED, because, by, "cancel", "Cancelled");
  }

  /** Before the state changes: of the two, the one that keeps mail back must not be the one that is lost. */
  private void holdMail(Execution run, String because, String by) {
    if (run.state().over()) return;
    holds.hold(
        run.id(), clock.instant().plus(LONGEST_PAUSE),
        "the campaign “%s” %s".formatted(run.definition().name(), because), by);
  }

  private Execution say(String id, Word word, State wanted, String because, String by, String step, String did) {
    var changed = executions.say(id, word, because);
    if (changed.isEmpty()) {
      var run = get(id);
      if (run.state() == wanted) return run;
      // It came to its end a moment before, and its hold went with it.
      if (run.state() == State.COMPLETED || run.state() == State.FAILED) holds.release(id, by);
      throw new Refused(HttpStatus.CONFLICT, "The run is " + run.state().inWords());
    }
    say(changed.get(), step, by, did + " by " + by + ".", because == null ? List.of() : List.of(because));
    engine.soon(id);
    return changed.get();
  }

  private void say(Execution run, String step, String by, String text, List<String> details) {
    log.write(run.id() + "-" + step + "-" + (run.told() + run.untold().size()), run.id(), step, by, text, details);
  }

  /** @throws org.springframework.web.ErrorResponseException 404 */
  Execution get(String id) {
    return executions.find(id).orElseThrow(
        () -> new Refused(HttpStatus.NOT_FOUND, "There is no execution with this id"));
  }
}
