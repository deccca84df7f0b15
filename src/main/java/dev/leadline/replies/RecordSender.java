package dev.leadline.replies;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.replies.Incoming.Sorted;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Completing listener of the task ConfirmSender: whether a mail from a lead's company belongs to the lead. */
@Component
public class RecordSender {

  private static final String STEP = "record-sender";

  private final IncomingMails mails;
  private final Answered answered;
  private final Timeline timeline;
  private final Clock clock;

  RecordSender(IncomingMails mails, Answered answered, Timeline timeline, Clock clock) {
    this.mails = mails;
    this.answered = answered;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(
      type = STEP,
      autoComplete = false,
      fetchVariables = {"leadId", "messageId", "theirs"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    var objection = answer.objection().or(() -> answer.variables().get("theirs") instanceof Boolean
        ? Optional.empty()
        : Optional.of("Say whether the mail belongs to this lead."));
    if (objection.isEmpty()) {
      if (Boolean.TRUE.equals(answer.variables().get("theirs"))) theirs(answer, job.getElementInstanceKey());
      else notTheirs(answer, job.getElementInstanceKey());
    }
    TaskAnswer.complete(client, job, objection);
  }

  private void theirs(TaskAnswer answer, long task) {
    String leadId = answer.text("leadId");
    String id = answer.text("messageId");
    mails.belongsTo(id, leadId, new Match(leadId, null, Match.By.PERSON), new Sorted(answer.person(), clock.instant()));
    var mail = mails.get(id);
    record(answer, task, mail, "%s said that a mail is theirs");
    answered.by(leadId, mail, mail.letter());
  }

  /** It goes to those that match nobody: somebody may know whose it is. */
  private void notTheirs(TaskAnswer answer, long task) {
    var mail = mails.get(answer.text("messageId"));
    // A repeated job finds what it did, and whoever said since whose it is knew better.
    if (answer.text("leadId").equals(mail.leadId())) mails.belongsToSomebodyElse(mail.id());
    record(answer, task, mail, "%s said that a mail is not theirs");
  }

  private void record(TaskAnswer answer, long task, Incoming mail, String words) {
    timeline.record(
        STEP + "-" + task, answer.text("leadId"), STEP, Actor.PERSON, answer.person(), words.formatted(answer.person()),
        List.of("From: " + mail.letter().from()));
  }
}
