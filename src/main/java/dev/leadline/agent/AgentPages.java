package dev.leadline.agent;

import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.Models;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Live;
import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The agents, how they fare, and how they are configured. */
@Controller
@RequestMapping("/agents")
class AgentPages {

  private static final List<Integer> PERIODS = List.of(1, 7, 30);
  private static final int RUNS = 20;
  private static final String LIVE = "agents";

  private final Roster roster;
  private final Configuring configuring;
  private final Models models;
  private final AgentRuns runs;
  private final Live live;

  AgentPages(Roster roster, Configuring configuring, Models models, AgentRuns runs, Live live) {
    this.roster = roster;
    this.configuring = configuring;
    this.models = models;
    this.runs = runs;
    this.live = live;
  }

  @GetMapping
  String list(@RequestParam(defaultValue = "7") int days, Model model) {
    model.addAttribute("days", days);
    model.addAttribute("periods", PERIODS);
    model.addAttribute("agents", roster.all(days));
    return "agents";
  }

  @GetMapping("/{step}")
  String one(@PathVariable String step, @RequestParam(defaultValue = "7") int days, Model model) {
    var now = configuring.now(step);
    return page(step, days, Configuring.Wanted.of(now), now.version(), Map.of(), model);
  }

  @PostMapping("/{step}/configuration")
  String configure(
      @PathVariable String step, Configuring.Wanted wanted, @RequestParam long version, HttpServletRequest request,
      Model model) {
    agent(step, 1);
    try {
      configuring.change(step, wanted, version, Viewer.of(request).map(Viewer::name).orElse("somebody"));
      return "redirect:/agents/" + step;
    } catch (InvalidInput wrong) {
      return page(step, 7, wanted, version, errors(wrong), model);
    } catch (ErrorResponseException outdated) {
      model.addAttribute("outdated", outdated.getBody().getDetail());
      return page(step, 7, wanted, configuring.now(step).version(), Map.of(), model);
    }
  }

  @PostMapping("/{step}/reset")
  String reset(@PathVariable String step) {
    agent(step, 1);
    roster.reset(step);
    return "redirect:/agents/" + step;
  }

  /** What was asked and answered, as a part of a page. */
  @GetMapping("/runs/{id}")
  String thought(@PathVariable String id, Model model) {
    model.addAttribute("runs", List.of(runs.findById(id).orElseThrow(() -> new NotHere("There is no such run."))));
    model.addAttribute("facts", Map.of());
    return "thought :: runs";
  }

  /** Says whenever there are new figures. */
  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live() {
    return live.open(LIVE);
  }

  @EventListener(Ledger.Changed.class)
  void tell() {
    live.tell(LIVE);
  }

  private String page(
      String step, int days, Configuring.Wanted wanted, long version, Map<String, String> errors, Model model) {
    model.addAttribute("agent", agent(step, days));
    model.addAttribute("days", days);
    model.addAttribute("periods", PERIODS);
    model.addAttribute("wanted", wanted);
    model.addAttribute("version", version);
    model.addAttribute("errors", errors);
    model.addAttribute("plain", models.effective(step, AgentConfiguration.none(step)));
    model.addAttribute("versions", configuring.versions(step));
    model.addAttribute("runs", runs.ofStep(step, Limit.of(RUNS)));
    return "agent";
  }

  private Roster.Agent agent(String step, int days) {
    return roster.one(step, days).orElseThrow(() -> new NotHere("There is no such agent."));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> errors(InvalidInput wrong) {
    var fields = (List<InvalidInput.Field>) wrong.getBody().getProperties().get("errors");
    return fields.stream().collect(Collectors.toMap(
        InvalidInput.Field::field, InvalidInput.Field::reason, (one, other) -> one));
  }
}
