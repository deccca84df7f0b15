package dev.leadline.approval;

import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Action step: the yes of the table review-policy to a draft that no person has to see. */
@Component
public class ApproveByPolicy {

  private final Leads leads;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Timeline timeline;

  ApproveByPolicy(Leads leads, Drafts drafts, Approvals approvals, Timeline timeline) {
    this.leads = leads;
    this.drafts = drafts;
    this.approvals = approvals;
    this.timeline = timeline;
  }

  @JobWorker(type = "approve-by-policy")
  public Result handle(@VariablesAsType Input input) {
    Draft draft = drafts.get(input.draftId());
    require(draft, input);
    String by = "review-policy: " + input.review().because();
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

  record Input(String leadId, String draftId, Review review) {}

  record Review(String mode, String because) {}

  record Result(Decision approval) {}

  record Decision(String decision, String by) {}
}
