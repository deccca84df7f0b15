package dev.leadline.outreach;

import dev.leadline.growth.Growth;
import dev.leadline.growth.Growths;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.plan.Plan;
import dev.leadline.plan.Plans;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a mail to one lead stands on, without what they say to machines. */
record Ground(Lead lead, Dossier dossier, Optional<Plan> plan, Optional<Growth> growth) {

  /** Reads it, each part once. */
  @Component
  static class Grounds {

    private final Leads leads;
    private final Dossiers dossiers;
    private final Plans plans;
    private final Growths growths;
    private final InjectionGuard guard;

    Grounds(Leads leads, Dossiers dossiers, Plans plans, Growths growths, InjectionGuard guard) {
      this.leads = leads;
      this.dossiers = dossiers;
      this.plans = plans;
      this.growths = growths;
      this.guard = guard;
    }

    Ground of(String leadId, Campaign campaign) {
      return new Ground(
          leads.get(leadId).reworded(guard::cleaned), dossiers.get(leadId), plans.of(leadId, campaign.word()), growths.findById(leadId));
    }
  }

  /** The lead for a prompt, without an address. */
  String leadAsData() {
    return ForeignText.harmless("%s, %s at %s. Came through: %s".formatted(
        lead.name(), lead.jobTitle(), lead.company(), lead.leadSource()));
  }

  /** The plan and the growth analysis for a prompt. */
  String planAsData() {
    var lines = new StringBuilder();
    plan.ifPresent(known -> lines
        .append("Approach: %s. %s\n".formatted(known.approach(), known.why()))
        .append("Came from: %s. Interested in: %s.\n".formatted(
            known.origin(), known.interest() == null ? "not known" : known.interest()))
        .append(sentences(known.points())));
    growth.ifPresent(known -> lines.append(sentences(known.findings())));
    return lines.isEmpty() ? "none" : ForeignText.harmless(lines.toString().strip());
  }

  private static String sentences(List<Cited> sentences) {
    return sentences.stream()
        .map(one -> "%s (%s)\n".formatted(one.text(), String.join(", ", one.facts())))
        .collect(Collectors.joining());
  }
}
