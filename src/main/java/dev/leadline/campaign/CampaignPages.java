package dev.leadline.campaign;

import dev.leadline.campaign.Prospect.State;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Live;
import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.PageRequest;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The campaigns: what each is after, how its run goes on, whom it has found and what came of them. */
@Controller
@RequestMapping("/campaigns")
class CampaignPages {

  private static final int SIZE = 20;
  private static final int PEOPLE = 50;
  private static final int MOST_LOG = 50;
  private static final int MOST_RUNS = 20;

  private final Campaigns campaigns;
  private final Runs runs;
  private final Executions executions;
  private final ExecutionViews views;
  private final Funnels funnels;
  private final Prospects prospects;
  private final LogEntries log;
  private final Leads leads;
  private final Live live;

  CampaignPages(
      Campaigns campaigns, Runs runs, Executions executions, ExecutionViews views, Funnels funnels,
      Prospects prospects, LogEntries log, Leads leads, Live live) {
    this.campaigns = campaigns;
    this.runs = runs;
    this.executions = executions;
    this.views = views;
    this.funnels = funnels;
    this.prospects = prospects;
    this.log = log;
    this.leads = leads;
    this.live = live;
  }

  /**
   * One line of the list.
   *
   * @param run its latest; null before the first
   */
  record Row(Campaign campaign, ExecutionView run) {}

  @GetMapping
  String list(@RequestParam(defaultValue = "0") int page, Model model) {
    var found = campaigns.page(Math.clamp(page, 0, 10_000), SIZE);
    model.addAttribute("found", found);
    model.addAttribute("rows", rows(found.getContent()));
    model.addAttribute("overview", funnels.ofAll());
    return "campaign/campaigns";
  }

  private List<Row> rows(List<Campaign> shown) {
    var latest = executions.latest(shown.stream().map(Campaign::id).toList());
    var seen = views.of(List.copyOf(latest.values())).stream()
        .collect(Collectors.toMap(ExecutionView::agentId, Function.identity()));
    return shown.stream().map(campaign -> new Row(campaign, seen.get(campaign.id()))).toList();
  }

  @GetMapping("/new")
  String blank(Model model) {
    return form(null, CampaignForm.EMPTY, null, Map.of(), model);
  }

  @PostMapping
  String make(CampaignForm typed, HttpServletRequest request, Model model) {
    var read = typed.read();
    if (!read.problems().isEmpty()) return form(null, typed, null, read.problems(), model);
    return "redirect:/campaigns/" + campaigns.make(read.definition(), by(request), Request.NAMELESS).campaign().id();
  }

  @GetMapping("/{id}/edit")
  String edit(@PathVariable String id, Model model) {
    var campaign = campaign(id);
    return form(id, CampaignForm.of(campaign.definition()), campaign.version(), Map.of(), model);
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable String id, CampaignForm typed, @RequestParam long version, HttpServletRequest request, Model model) {
    campaign(id);
    var read = typed.read();
    if (!read.problems().isEmpty()) return form(id, typed, version, read.problems(), model);
    try {
      campaigns.change(id, read.definition(), version, by(request));
      return "redirect:/campaigns/" + id;
    } catch (InvalidInput wrong) {
      throw wrong;
    } catch (ErrorResponseException outdated) {
      model.addAttribute("outdated", outdated.getBody().getDetail());
      return form(id, typed, campaign(id).version(), Map.of(), model);
    }
  }

  private static String form(
      String id, CampaignForm typed, Long version, Map<String, String> problems, Model model) {
    model.addAttribute("title", id == null ? "New campaign" : "Change campaign");
    model.addAttribute("id", id);
    model.addAttribute("values", typed);
    model.addAttribute("version", version);
    model.addAttribute("problems", problems);
    return "campaign/form";
  }

  /**
   * Somebody who was found.
   *
   * @param lead that they are; null when they are none
   */
  record Found(Prospect prospect, Lead lead) {}

  /** @param run which of its runs; the latest if none is named */
  @GetMapping("/{id}")
  String one(
      @PathVariable String id, @RequestParam(required = false) String run,
      @RequestParam(required = false) State verdict, @RequestParam(defaultValue = "0") int page, Model model) {
    var campaign = campaign(id);
    var all = executions.of(id, MOST_RUNS);
    var shown = all.stream().filter(one -> run == null || one.id().equals(run)).findFirst();
    if (run != null && shown.isEmpty()) throw new NotHere("There is no such run of this campaign.");
    model.addAttribute("campaign", campaign);
    model.addAttribute("runs", all);
    model.addAttribute("run", shown.map(views::of).orElse(null));
    model.addAttribute("verdict", verdict);
    shown.ifPresent(one -> people(one.id(), verdict, page, model));
    return "campaign/campaign";
  }

  private void people(String executionId, State verdict, int page, Model model) {
    var wanted = verdict == null ? EnumSet.allOf(State.class) : EnumSet.of(verdict);
    var window = PageRequest.of(Math.clamp(page, 0, Definition.MOST), PEOPLE);
    var found = prospects.findByExecutionIdAndStateInOrderByAt(executionId, wanted, window);
    Map<String, Lead> known = leads.findByIdIn(
            found.stream().map(Prospect::leadId).filter(Objects::nonNull).toList()).stream()
        .collect(Collectors.toMap(Lead::id, Function.identity()));
    model.addAttribute("people", found.map(one -> new Found(one, known.get(one.leadId()))));
    model.addAttribute("log", log.findByExecutionIdOrderByAtDesc(executionId, PageRequest.of(0, MOST_LOG)).getContent());
  }

  @PostMapping("/{id}/runs")
  String start(@PathVariable String id, HttpServletRequest request, RedirectAttributes after) {
    campaign(id);
    return did(id, after, () -> runs.start(id, by(request), Request.NAMELESS));
  }

  @PostMapping("/{id}/runs/{run}/pause")
  String pause(@PathVariable String id, @PathVariable String run, HttpServletRequest request, RedirectAttributes after) {
    return did(id, after, () -> runs.pause(run, by(request)));
  }

  @PostMapping("/{id}/runs/{run}/resume")
  String resume(@PathVariable String id, @PathVariable String run, HttpServletRequest request, RedirectAttributes after) {
    return did(id, after, () -> runs.resume(run, by(request)));
  }

  @PostMapping("/{id}/runs/{run}/cancel")
  String cancel(@PathVariable String id, @PathVariable String run, HttpServletRequest request, RedirectAttributes after) {
    return did(id, after, () -> runs.cancel(run, null, by(request)));
  }

  @PostMapping("/{id}/delete")
  String delete(@PathVariable String id, RedirectAttributes after) {
    try {
      campaigns.delete(id);
      return "redirect:/campaigns";
    } catch (ErrorResponseException not) {
      after.addFlashAttribute("refused", not.getBody().getDetail());
      return "redirect:/campaigns/" + id;
    }
  }

  /** Says whenever this run looks different. */
  @GetMapping(path = "/runs/{run}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(@PathVariable String run) {
    return live.open("execution " + run);
  }

  @EventListener
  void tell(Executions.Changed changed) {
    live.tell("execution " + changed.executionId());
  }

  /** What a person wanted a moment too late is said on the page. */
  private static String did(String id, RedirectAttributes after, Runnable wanted) {
    try {
      wanted.run();
    } catch (ErrorResponseException not) {
      after.addFlashAttribute("refused", not.getBody().getDetail());
    }
    return "redirect:/campaigns/" + id;
  }

  private Campaign campaign(String id) {
    return campaigns.find(id).orElseThrow(() -> new NotHere("There is no such campaign."));
  }

  private static String by(HttpServletRequest request) {
    return Viewer.of(request).map(Viewer::name).orElse("somebody");
  }
}
