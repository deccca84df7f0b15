package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.evals.Corpus.LeadCase;
import dev.leadline.growth.Analysed;
import dev.leadline.plan.Plan;
import dev.leadline.plan.Planned;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Researched;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How to go about the leads a person would write to, against how that person would. */
final class PlanCampaignExam implements Exam {

  @Override
  public String step() {
    return "plan-campaign";
  }

  @Override
  public void take(ThinkingSteps steps, Sheet sheet) {
    Map<String, LeadCase> leads =
        Corpus.leads().stream().collect(Collectors.toMap(LeadCase::id, Function.identity()));
    for (var truth : Corpus.plans()) {
      LeadCase lead = leads.get(truth.lead());
      String id = lead.id();
      lead.register(steps);
      Researched.by(steps, id);
      Assessed.by(steps, id);
      Analysed.by(steps, id);
      Plan plan = sheet.timed(() -> Planned.by(steps, id, lead.band().equals("C") ? "nurture" : "outreach"));
      String interest = Objects.requireNonNullElse(plan.interest(), "none");
      sheet.mark(
          "approach", id, lead.heldOut(), truth.approach().contains(plan.approach()),
          "%s, not %s".formatted(truth.approach(), plan.approach()));
      sheet.mark(
          "interest", id, lead.heldOut(), truth.interest().contains(interest),
          "%s, not %s".formatted(truth.interest(), interest));
      sheet.mark(
          "origin", id, lead.heldOut(), truth.origin().equals(plan.origin()),
          "%s, not %s".formatted(truth.origin(), plan.origin()));
      sheet.mark(
          "has something to speak of", id, lead.heldOut(), !plan.points().isEmpty(), "no point that a fact proves");
      sheet.confused(truth.approach().getFirst(), plan.approach());
    }
  }
}
