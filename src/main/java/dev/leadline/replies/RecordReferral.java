package dev.leadline.replies;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.intake.Channel;
import dev.leadline.intake.Field;
import dev.leadline.intake.FieldProblem;
import dev.leadline.intake.Intake;
import dev.leadline.intake.Submission;
import dev.leadline.intake.Verdict;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task AddReferral: somebody whom a lead names becomes a lead of their own through the one
 * gate, and only when a person says why they may be written to.
 */
@Component
public class RecordReferral {

  private static final String STEP = "record-referral";

  private final Intake intake;
  private final Leads leads;
  private final Timeline timeline;

  RecordReferral(Intake intake, Leads leads, Timeline timeline) {
    this.intake = intake;
    this.leads = leads;
    this.timeline = timeline;
  }

  @JobWorker(
      type = STEP,
      autoComplete = false,
      fetchVariables = {"leadId", "messageId", "add", "name", "email", "jobTitle", "company", "basis"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    var objection = answer.objection().or(() -> decided(answer, job.getElementInstanceKey()));
    TaskAnswer.complete(client, job, objection);
  }

  private Optional<String> decided(TaskAnswer answer, long task) {
    if (!(answer.variables().get("add") instanceof Boolean add)) return Optional.of("Say whether to add them as a lead.");
    Lead referrer = leads.get(answer.text("leadId"));
    if (!add) {
      record(answer, task, referrer.id(), "%s does not add whom they refer to.", List.of());
      return Optional.empty();
    }
    if (answer.text("basis").isEmpty()) return Optional.of("Say why we may write to them.");
    return added(answer, task, referrer);
  }

  private Optional<String> added(TaskAnswer answer, long task, Lead referrer) {
    var submission = new Submission();
    submission.put(Field.NAME, answer.text("name"));
    submission.put(Field.EMAIL, answer.text("email"));
    submission.put(Field.COMPANY, answer.text("company").isEmpty() ? referrer.company() : answer.text("company"));
    submission.put(Field.JOB_TITLE, answer.text("jobTitle"));
    submission.put(Field.LEAD_SOURCE, "Referral");
    var verdict = intake.register("referral-" + answer.text("messageId"), Channel.REFERRAL, submission);
    return switch (verdict) {
      case Verdict.Rejected rejected -> Optional.of(rejected.problems().stream().map(RecordReferral::words)
          .collect(Collectors.joining("; ", "", ".")));
      case Verdict.Duplicate known -> {
        record(answer, task, referrer.id(), "%s wanted to add whom they refer to, who is a lead already.", List.of());
        yield Optional.empty();
      }
      case Verdict.New added -> {
        String basis = "Why we may write to them: " + answer.text("basis");
        record(answer, task, referrer.id(), "%s added whom they refer to as a lead.", List.of(basis));
        timeline.record(
            STEP + "-" + task + "-added", added.lead().id(), STEP, Actor.PERSON, answer.person(),
            "Named in a reply by another lead", List.of(basis));
        yield Optional.empty();
      }
    };
  }

  private static String words(FieldProblem problem) {
    return problem.field() + " " + problem.reason();
  }

  private void record(TaskAnswer answer, long task, String leadId, String words, List<String> details) {
    timeline.record(
        STEP + "-" + task, leadId, STEP, Actor.PERSON, answer.person(), words.formatted(answer.person()), details);
  }
}
