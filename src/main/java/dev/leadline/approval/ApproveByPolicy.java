package dev.leadline.approval;

import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import io.camunda.client.exception.CamundaError;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Action step: the yes of the table review-policy to a draft that no person has to see. */
@Component
public class ApproveByPolicy {

  private static final Duration DAY = Duration.ofHours(24);
  /** Whatever the table says: by then something answers by itself (RFC 3834). */
  private static final int MOST = 10;

  private final Leads leads;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Timeline timeline;
  private final Clock clock;

  ApproveByPolicy(Leads leads, Drafts drafts, Approvals approvals, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.drafts = drafts;
    this.approvals = approvals;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = "approve-by-policy")
  public Result handle(@VariablesAsType Input input) {
    Draft draft = drafts.get(input.draftId());
    require(draft, input);
    String by = "review-policy: " + input.review().because();
    requireNotTooMany(draft, by, input.review().perDay());
    approvals.approve(leads.get(input.leadId()), draft, by, Actor.TABLE);
    int count = draft.emails().size();
    timeline.record(
        "approve-by-policy:" + draft.id(), input.leadId(), "approve-by-policy", Actor.TABLE, "review-policy",
        "Approved without a person: %d e-mail%s".formatted(count, count == 1 ? "" : "s"),
        List.of(input.review().because()));
    return new Result(new Decision("approve", by));
  }

  /** The diagram may be redrawn; what the table did not allow stays forbidden. */
  private static void require(Draft draft, Input input) {
    if (!draft.leadId().equals(input.leadId())) {
      throw new IllegalStateException("Draft " + draft.id() + " is not for lead " + input.leadId());
    }
    if (input.review() == null || !"auto".equals(input.review().mode())) {
      throw new IllegalStateException("review-policy did not say auto, so a person has to approve draft " + draft.id());
    }
    if (draft.problems() == null || !draft.problems().isEmpty()) {
      throw new IllegalStateException("The claim check did not pass, so a person has to approve draft " + draft.id());
    }
    if (!draft.taints().isEmpty()) {
      throw new IllegalStateException(
          "What draft %s rests on speaks to machines, so a person has to approve it".formatted(draft.id()));
    }
    if (draft.written() != null) {
      throw new IllegalStateException("A person changed draft " + draft.id() + " after its check, so a person approves it");
    }
    draft.emails().forEach(email -> Wording.objection(email.number(), email.subject(), email.body()).ifPresent(why -> {
      throw new IllegalStateException("Draft " + draft.id() + ": " + why);
    }));
  }

  private void requireNotTooMany(Draft draft, String by, Integer perDay) {
    var before = approvals.byTable(draft.leadId(), clock.instant().minus(DAY)).stream()
        .filter(approval -> !approval.draftId().equals(draft.id())).toList();
    long ofTheRow = drafts(before.stream().filter(approval -> approval.by().equals(by)));
    if (drafts(before.stream()) < MOST && (perDay == null || ofTheRow < perDay)) return;
    timeline.record(
        "approve-by-policy:too-many:" + draft.id(), draft.leadId(), "approve-by-policy", Actor.TABLE, "review-policy",
        "A person approves this one: enough went to them without one",
        List.of("%d in the last 24 hours by this row of the table".formatted(ofTheRow)));
    throw CamundaError.bpmnError("TOO_MANY_BY_POLICY", "Enough went to this person in 24 hours without a person's eye");
  }

  private static long drafts(Stream<Approval> approvals) {
    return approvals.map(Approval::draftId).distinct().count();
  }

  record Input(String leadId, String draftId, Review review) {}

  /** @param perDay how many drafts this row approves for one person in 24 hours; null for as many as are ever allowed */
  record Review(String mode, String because, Integer perDay) {}

  record Result(Decision approval) {}

  record Decision(String decision, String by) {}
}
