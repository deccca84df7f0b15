package dev.leadline.campaign;

import dev.leadline.campaign.Exclusion.Kind;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The companies whose people no campaign lets in. */
@Controller
@RequestMapping("/campaigns/exclusions")
class ExclusionPage {

  private static final int SIZE = 100;

  private final Exclusions exclusions;
  private final Excluding excluding;

  ExclusionPage(Exclusions exclusions, Excluding excluding) {
    this.exclusions = exclusions;
    this.excluding = excluding;
  }

  @GetMapping
  String list(@RequestParam(defaultValue = "0") int page, Model model) {
    return show(page, "", Kind.COMPETITOR, "", List.of(), model);
  }

  @PostMapping
  String add(
      @RequestParam(defaultValue = "") String domains, @RequestParam Kind kind,
      @RequestParam(defaultValue = "") String note, HttpServletRequest request, Model model, RedirectAttributes after) {
    var read = Excluding.read(domains);
    if (!read.wrong().isEmpty() || read.domains().size() > Excluding.MOST)
      return show(0, domains, kind, note, read.wrong().isEmpty() ? List.of("more than 5,000") : read.wrong(), model);
    excluding.exclude(read.domains(), kind, note, Viewer.of(request).map(Viewer::name).orElse("somebody"));
    after.addFlashAttribute("added", read.domains().size());
    return "redirect:/campaigns/exclusions";
  }

  @PostMapping("/remove")
  String remove(@RequestParam String domain) {
    exclusions.deleteByDomain(domain);
    return "redirect:/campaigns/exclusions";
  }

  private String show(int page, String typed, Kind kind, String note, List<String> wrong, Model model) {
    model.addAttribute("found", exclusions.findAllByOrderByAtDesc(PageRequest.of(Math.clamp(page, 0, 10_000), SIZE)));
    model.addAttribute("kinds", Kind.values());
    model.addAttribute("typed", typed);
    model.addAttribute("kind", kind);
    model.addAttribute("note", note);
    model.addAttribute("wrong", wrong);
    return "campaign/exclusions";
  }
}
