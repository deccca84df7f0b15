package dev.leadline.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.LeadlineTest;
import dev.leadline.agent.Answer;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.client.exception.BpmnError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LeadlineTest
@Tag("engine")
class ApprovalStepsTest {

  private static final String PROCESS = "approval-steps-test";

  private final String leadId = UUID.randomUUID().toString();
  private final String draftId = Draft.id(leadId, Campaign.OUTREACH, 1);

  @Autowired CamundaClient camunda;
  @Autowired Leads leads;
  @Autowired Drafts drafts;
  @Autowired Approvals approvals;
  @Autowired ApproveByPolicy approveByPolicy;
  @Autowired Timeline timeline;

  @BeforeEach
  void aDraftForALead() {
    String email = leadId + "@acme.example";
    leads.save(new Lead(
        leadId, null, email, email, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "", Lead.Start.STARTED,
        Lead.Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null));
    draft(null, List.of());
  }

  @Test
  void aPersonsYesCountsForTheTextTheyEdited() {
    long task = task();
    claim(task, "Robin");

    complete(task, Map.of("decision", "approve", "emails", List.of(
        Map.of("number", 1, "after", "PT0S", "subject", "Another subject", "body", "Another text"))));

    var draft = drafts.get(draftId);
    assertThat(draft.email(1).body()).isEqualTo("Another text");
    assertThat(draft.written()).extracting(Email::body).containsExactly("Hello Jo");
    assertThat(approval(draft)).hasValueSatisfying(approval -> {
      assertThat(approval.by()).isEqualTo("Robin");
      assertThat(approval.actor()).isEqualTo(Actor.PERSON);
    });
    assertThat(timeline.of(leadId)).singleElement().satisfies(entry -> {
      assertThat(entry.text()).isEqualTo("Robin edited and approved the drafts");
      assertThat(entry.actor()).isEqualTo(Actor.PERSON);
    });
  }

  @Test
  void aNoIsRecordedAndTakesAnEarlierYesBack() {
    approvals.approve(leads.get(leadId), drafts.get(draftId), "Kim", Actor.PERSON);
    long task = task();
    claim(task, "Robin");

    complete(task, Map.of("decision", "reject", "reason", "Not our tone"));

    assertThat(approval(drafts.get(draftId))).isEmpty();
    assertThat(timeline.of(leadId)).singleElement().satisfies(entry -> {
      assertThat(entry.text()).isEqualTo("Robin rejected the drafts");
      assertThat(entry.details()).containsExactly("Not our tone");
    });
  }

  @Test
  void anAnswerThatCannotBeTakenComesBackWithASentenceAndLeavesNothing() {
    long task = task();
    denied(task, Map.of("decision", "approve"), "Claim the task first");
    claim(task, "Robin");

    denied(task, Map.of(), "Choose whether");
    denied(task, Map.of("decision", "reject"), "Say why");
    denied(task, Map.of("decision", "approve", "emails", "nonsense"), "cannot be read");
    denied(task, Map.of("decision", "approve", "emails", List.of(Map.of("number", "x"))), "cannot be read");
    denied(task, Map.of("decision", "approve", "emails", List.of()), "keep their numbers");
    denied(task, Map.of("decision", "approve", "emails", List.of(
        Map.of("number", 1, "subject", "Hi", "body", "Hello {{name}}"))), "placeholder");

    assertThat(approval(drafts.get(draftId))).isEmpty();
    assertThat(timeline.of(leadId)).isEmpty();
    complete(task, Map.of("decision", "approve"));
    assertThat(approval(drafts.get(draftId))).isPresent();
  }

  @Test
  void aPolicysYesNamesTheRow() {
    var given = approveByPolicy.handle(byPolicy("auto"));
    var again = approveByPolicy.handle(byPolicy("auto"));

    assertThat(given).isEqualTo(again);
    assertThat(given.approval().decision()).isEqualTo("approve");
    assertThat(approval(drafts.get(draftId))).hasValueSatisfying(approval -> {
      assertThat(approval.by()).isEqualTo("review-policy: Nurture from our own templates");
      assertThat(approval.actor()).isEqualTo(Actor.TABLE);
    });
    assertThat(timeline.of(leadId)).extracting(TimelineEntry::actor).containsExactly(Actor.TABLE);
  }

  @Test
  void moreInADayThanTheRowAllowsGoesToAPerson() {
    approveByPolicy.handle(byPolicy("auto"));
    String second = draftId + "-2";
    var first = drafts.get(draftId);
    drafts.save(new Draft(
        second, leadId, first.campaign(), 1, List.of(new Email(1, "PT0S", "Again", "Hello again", List.of())), null,
        List.of(), Answer.Source.RULES, null));

    assertThatThrownBy(() -> approveByPolicy.handle(new ApproveByPolicy.Input(
            leadId, second, new ApproveByPolicy.Review("auto", "Nurture from our own templates", 1))))
        .isInstanceOfSatisfying(BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("TOO_MANY_BY_POLICY"));
    assertThat(approval(drafts.get(second))).isEmpty();
    assertThat(timeline.of(leadId)).last().extracting(TimelineEntry::text).asString().contains("A person approves");
    approveByPolicy.handle(new ApproveByPolicy.Input(
        leadId, second, new ApproveByPolicy.Review("auto", "another row", 1)));
    assertThat(approval(drafts.get(second))).isPresent();
  }

  @Test
  void aPolicyCannotApproveWhatItsTableOrTheCheckDidNotAllow() {
    assertThatThrownBy(() -> approveByPolicy.handle(byPolicy("review"))).hasMessageContaining("did not say auto");
    assertThatThrownBy(() -> approveByPolicy.handle(new ApproveByPolicy.Input(leadId, draftId, null)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> approveByPolicy.handle(new ApproveByPolicy.Input("another", draftId,
        new ApproveByPolicy.Review("auto", "x", null)))).hasMessageContaining("not for lead");

    draft(null, List.of("The number 40 % is nowhere in the dossier"));
    assertThatThrownBy(() -> approveByPolicy.handle(byPolicy("auto"))).hasMessageContaining("claim check");
    draft(null, null);
    assertThatThrownBy(() -> approveByPolicy.handle(byPolicy("auto"))).hasMessageContaining("claim check");
    draft(List.of(new Email(1, "PT0S", "Old", "Old", List.of())), List.of());
    assertThatThrownBy(() -> approveByPolicy.handle(byPolicy("auto"))).hasMessageContaining("changed draft");
    drafts.save(new Draft(
        draftId, leadId, Campaign.NURTURE, 1, List.of(new Email(1, "PT0S", "A subject", "Hello Jo", List.of())), null,
        List.of(), Answer.Source.RULES, null, List.of("form: calls a tool"), null));
    assertThatThrownBy(() -> approveByPolicy.handle(byPolicy("auto"))).hasMessageContaining("speaks to machines");

    assertThat(approval(drafts.get(draftId))).isEmpty();
  }

  private void draft(List<Email> written, List<String> problems) {
    drafts.save(new Draft(
        draftId, leadId, Campaign.OUTREACH, 1, List.of(new Email(1, "PT0S", "A subject", "Hello Jo", List.of())),
        written, problems, Answer.Source.RULES, null));
  }

  private ApproveByPolicy.Input byPolicy(String mode) {
    return new ApproveByPolicy.Input(
        leadId, draftId, new ApproveByPolicy.Review(mode, "Nurture from our own templates", 1));
  }

  private Optional<Approval> approval(Draft draft) {
    return approvals.forContent(approvals.content(leads.get(leadId), draft, draft.email(1)).hash());
  }

  private long task() {
    var model = Bpmn.createExecutableProcess(PROCESS)
        .startEvent()
        .userTask("Review", task -> task.zeebeUserTask()
            .zeebeTaskListener(listener -> listener.completing().type("record-review").retries("1")))
        .endEvent()
        .done();
    camunda.newDeployResourceCommand().addProcessModel(model, PROCESS + ".bpmn").execute();
    long instance = camunda.newCreateInstanceCommand().bpmnProcessId(PROCESS).latestVersion()
        .variables(Map.of("leadId", leadId, "draftId", draftId)).execute().getProcessInstanceKey();
    return await().until(
        () -> camunda.newUserTaskSearchRequest().filter(task -> task.processInstanceKey(instance)).execute().items(),
        tasks -> !tasks.isEmpty()).getFirst().getUserTaskKey();
  }

  private void claim(long task, String person) {
    camunda.newAssignUserTaskCommand(task).assignee(person).execute();
  }

  private void complete(long task, Map<String, Object> answer) {
    camunda.newCompleteUserTaskCommand(task).variables(answer).execute();
  }

  private void denied(long task, Map<String, Object> answer, String why) {
    assertThatThrownBy(() -> complete(task, answer)).hasMessageContaining(why);
  }
}
