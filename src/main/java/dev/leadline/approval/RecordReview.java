package dev.leadline.approval;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.command.InternalClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Task listener: a person's yes or no to a draft, recorded before their task is done; or why it cannot be done yet.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordReview {

  private final Leads leads;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Timeline timeline;

  RecordReview(Leads leads, Drafts drafts, Approvals approvals, Timeline timeline) {
    this.leads = leads;
    this.drafts = drafts;
    this.approvals = approvals;
    this.timeline = timeline;
  }

  @JobWorker(
      type = "record-review",
      autoComplete = false,
      fetchVariables = {"leadId", "draftId", "decision", "reason", "emails"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    TaskAnswer.complete(client, job, answer.objection().or(() -> record(answer.person(), job)));
  }

  private Optional<String> record(String person, ActivatedJob job) {
    Review review;
    try {
      review = job.getVariablesAsType(Review.class);
    } catch (InternalClientException unreadable) {
      return Optional.of("The answer cannot be read: decision and reason are texts, emails is a list.");
    }
    Draft draft = drafts.get(review.draftId());
    var objection = review.objection(draft);
    if (objection.isEmpty()) record(review, draft, person, job.getElementInstanceKey());
    return objection;
  }

  private void record(Review review, Draft draft, String person, long task) {
    String id = "record-review:" + task + ":" + review.decision();
    if (!review.approves()) {
      timeline.record(
          id, draft.leadId(), "record-review", Actor.PERSON, person, person + " rejected the drafts",
          List.of(review.reason().strip()));
      approvals.withdraw(draft);
      return;
    }
    Draft approved = review.approved(draft);
    List<String> edits = edits(draft, approved);
    timeline.record(
        id, draft.leadId(), "record-review", Actor.PERSON, person,
        edits.isEmpty() ? person + " approved the drafts as written" : person + " edited and approved the drafts",
        edits);
    if (approved != draft) drafts.save(approved);
    approvals.approve(leads.get(draft.leadId()), approved, person, Actor.PERSON);
  }

  private static List<String> edits(Draft before, Draft after) {
    List<String> edits = new ArrayList<>();
    for (int i = 0; i < after.emails().size(); i++) {
      Email was = before.emails().get(i);
      Email is = after.emails().get(i);
      if (!is.subject().equals(was.subject())) {
        edits.add("E-mail %d, subject: “%s” instead of “%s”".formatted(is.number(), is.subject(), was.subject()));
      }
      if (!is.body().equals(was.body())) edits.add("E-mail %d: text changed".formatted(is.number()));
    }
    return edits;
  }
}
