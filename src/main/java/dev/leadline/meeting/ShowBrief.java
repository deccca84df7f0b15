package dev.leadline.meeting;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Start listener of the task ContactByHand: whom to speak with and about what, local to the task. */
@Component
public class ShowBrief {

  private final Leads leads;
  private final Dossiers dossiers;
  private final Briefs briefs;

  ShowBrief(Leads leads, Dossiers dossiers, Briefs briefs) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.briefs = briefs;
  }

  @JobWorker(type = "show-brief")
  public Result handle(@VariablesAsType Input input) {
    Lead lead = leads.get(input.leadId());
    Dossier dossier = dossiers.get(lead.id());
    var brief = briefs.findById(lead.id());
    return new Result(
        new Shown(lead.name(), lead.jobTitle(), lead.company(), lead.email(), lead.website()),
        brief.map(known -> lines(known.whyNow(), dossier)).orElse(List.of()),
        brief.map(known -> lines(known.points(), dossier)).orElse(List.of()),
        brief.map(known -> known.questions().stream().map(question -> new Line(question, "")).toList())
            .orElse(List.of()),
        brief.map(known -> known.objections().stream().map(one -> new Line(one.text(), one.answer())).toList())
            .orElse(List.of()));
  }

  private static List<Line> lines(List<Cited> sentences, Dossier dossier) {
    return sentences.stream().map(one -> new Line(one.text(), dossier.quotes(one.facts()))).toList();
  }

  record Input(String leadId) {}

  /** The variables of the form contact-by-hand. */
  record Result(
      Shown lead, List<Line> whyNow, List<Line> points, List<Line> questions, List<Line> objections) {}

  record Shown(String name, String jobTitle, String company, String email, String website) {}

  /** @param more what proves it, or what to say to it */
  record Line(String text, String more) {}
}
