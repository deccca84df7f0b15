package dev.leadline.sending;

import dev.leadline.lead.PlainText;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What waits to go out and why, how full our mailboxes are, who is held; and the switch that stops all mail. */
@Controller
class OutboxPage {

  private static final int SIZE = 50;
  private static final int LAST = 19_999;
  private static final int LONGEST = 500;

  private final Sending sending;
  private final PanicSwitch panic;
  private final Holds holds;
  private final Clock clock;

  OutboxPage(Sending sending, PanicSwitch panic, Holds holds, Clock clock) {
    this.sending = sending;
    this.panic = panic;
    this.holds = holds;
    this.clock = clock;
  }

  @GetMapping("/outbox")
  ModelAndView page(
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part) {
    return showing(Math.clamp(page, 0, LAST), part.equals("live") ? "outbox :: live" : "outbox");
  }

  /** On every page: that all mail is stopped, or nothing. */
  @GetMapping("/outbox/stopped")
  String stopped(Model model) {
    model.addAttribute("stopped", panic.stopped().orElse(null));
    return "outbox :: stopped";
  }

  /** One press stops; who and why can be said at the page it leads to, so neither is asked for first. */
  @PostMapping("/outbox/stop")
  String stop(@RequestParam(defaultValue = "") String because, HttpServletRequest from) {
    panic.stop(by(from), because.isBlank() ? "stopped on a page" : PlainText.cut(because.strip(), LONGEST));
    return "redirect:/outbox";
  }

  @PostMapping("/outbox/resume")
  ModelAndView resume(
      @RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String because) {
    if (name.isBlank() || because.isBlank()) {
      var page = showing(0, "outbox");
      page.setStatus(HttpStatus.BAD_REQUEST);
      return page.addObject("problem", "Say who you are and why mail may go again.");
    }
    panic.resume(PlainText.cut(name.strip(), LONGEST), PlainText.cut(because.strip(), LONGEST));
    return new ModelAndView("redirect:/outbox");
  }

  @PostMapping("/outbox/holds/release")
  String release(@RequestParam String who, HttpServletRequest from) {
    holds.release(who, by(from));
    return "redirect:/outbox";
  }

  private ModelAndView showing(int page, String view) {
    var state = sending.state();
    return new ModelAndView(view)
        .addObject("state", state)
        .addObject("waiting", sending.waiting(page, SIZE))
        .addObject("held", sending.held())
        .addObject("hours", sending.hours())
        .addObject("uses", panic.uses())
        .addObject("now", clock.instant())
        .addObject("page", page)
        .addObject("more", (page + 1L) * SIZE < state.total());
  }

  private static String by(HttpServletRequest from) {
    return Viewer.of(from).map(Viewer::name).orElse("somebody at a page");
  }
}
