package dev.leadline.rights;

import dev.leadline.crm.sync.CrmOutbox;
import java.time.Clock;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whose data were asked to be erased, until when, and what became of it. */
@Controller
class ErasuresPage {

  private static final int SIZE = 50;
  private static final int LAST = 5_000;

  private final Erasures erasures;
  private final CrmOutbox crm;
  private final Clock clock;

  ErasuresPage(Erasures erasures, CrmOutbox crm, Clock clock) {
    this.crm = crm;
    this.erasures = erasures;
    this.clock = clock;
  }

  @GetMapping("/erasures")
  String all(@RequestParam(defaultValue = "0") int page, Model model) {
    var found = erasures.findAllByOrderByAskedAtDesc(PageRequest.of(Math.clamp(page, 0, LAST), SIZE));
    model.addAttribute("found", found);
    model.addAttribute("inCrm", crm.erasures(found.map(Erasure::leadId).getContent()));
    model.addAttribute("now", clock.instant());
    return "erasures";
  }
}
