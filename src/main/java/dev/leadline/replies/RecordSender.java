package dev.leadline.replies;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
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

  RecordSender(IncomingMails mails, Answered answered, Timeline timeline) {
    this.mails = mails;
    this.answered = answered;
    this.timeline = timeline;
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
    if (objection.isEmpty() && Boolean.TRUE.equals(answer.variables().get("theirs"))) {
      record(answer, job.getElementInstanceKey());
    }
    TaskAnswer.complete(client, job, objection);
  }

  private void record(TaskAnswer answer, long task) {
    String leadId = answer.text("leadId");
    var mail = mails.get(answer.text("messageId"));
    mails.belongsTo(mail.id(), leadId, new Match(leadId, null, Match.By.PERSON));
    timeline.record(
        STEP + "-" + task, leadId, STEP, Actor.PERSON, answer.person(),
        answer.person() + " knows whose mail it is", List.of("From: " + mail.letter().from()));
    answered.by(leadId, mail, mail.letter());
  }
}
