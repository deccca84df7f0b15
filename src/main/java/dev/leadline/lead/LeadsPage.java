package dev.leadline.lead;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All leads, to search and to filter. */
@Controller
class LeadsPage {

  private static final int SIZE = 50;
  private static final int LAST = 19_999;

  private final LeadSearch search;
  private final Leads leads;

  LeadsPage(LeadSearch search, Leads leads) {
    this.search = search;
    this.leads = leads;
  }

  /** An unknown stage or tier finds all. */
  @GetMapping("/leads")
  String leads(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String stage,
      @RequestParam(defaultValue = "") String tier,
      @RequestParam(defaultValue = "0") String page,
      Model model) {
    var wantedStage = constant(Lead.Stage.values(), stage);
    var wantedTier = constant(Lead.Tier.values(), tier);
    var found = search.find(q, wantedStage.orElse(null), wantedTier.orElse(null), number(page), SIZE);
    model.addAttribute("found", found);
    model.addAttribute("any", found.getTotalElements() > 0 || leads.count() > 0);
    model.addAttribute("q", q);
    model.addAttribute("stage", wantedStage.map(Lead.Stage::name).orElse(""));
    model.addAttribute("tier", wantedTier.map(Lead.Tier::name).orElse(""));
    model.addAttribute("stages", Lead.Stage.values());
    model.addAttribute("tiers", Lead.Tier.values());
    return "lead/leads";
  }

  private static <E extends Enum<E>> Optional<E> constant(E[] all, String name) {
    return Arrays.stream(all).filter(constant -> constant.name().equalsIgnoreCase(name)).findFirst();
  }

  private static int number(String page) {
    return page.matches("\\d{1,6}") ? Math.min(Integer.parseInt(page), LAST) : 0;
  }
}
