package dev.leadline.booking;

import dev.leadline.booking.Host.Absence;
import dev.leadline.calendar.Calendars;
import dev.leadline.web.NotHere;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The form of one host: who they are, when they work, how many meetings they get, when they are away. */
@Controller
@RequestMapping("/meetings/hosts")
class HostPages {

  /** Lines for absences that are to come. */
  private static final int FREE_LINES = 2;
  private static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream().filter(zone -> zone.matches("(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+"))
          .sorted().toList();

  private final Hosts hosts;
  private final EnterHosts enter;
  private final Calendars calendars;
  private final BookingSettings settings;

  HostPages(Hosts hosts, EnterHosts enter, Calendars calendars, BookingSettings settings) {
    this.hosts = hosts;
    this.enter = enter;
    this.calendars = calendars;
    this.settings = settings;
  }

  @GetMapping("/new")
  String blank(Model model) {
    var usual = new HostApi.View(
        null, "", "", settings.zone().getId(), settings.hours(), settings.region(), 5, 10, 4, 6, 1, List.of(), "embedded",
        "", "");
    return form(null, null, HostForm.of(usual), Map.of(), model);
  }

  @PostMapping
  String make(@RequestParam MultiValueMap<String, String> typed, Model model, RedirectAttributes after) {
    var form = HostForm.typed(typed);
    return save(null, free(Host.idOf(form.values().get("name"))), null, form, model, after);
  }

  private String free(String id) {
    if (hosts.findById(id).isEmpty()) return id;
    int next = 2;
    while (hosts.findById(id + "-" + next).isPresent()) next++;
    return id + "-" + next;
  }

  @GetMapping("/{id}")
  String edit(@PathVariable String id, Model model) {
    var host = known(id);
    return form(id, host.version(), HostForm.of(HostApi.View.of(host)), Map.of(), model);
  }

  @PostMapping("/{id}")
  String change(
      @PathVariable String id, @RequestParam MultiValueMap<String, String> typed, @RequestParam long version, Model model,
      RedirectAttributes after) {
    known(id);
    return save(id, id, version, HostForm.typed(typed), model, after);
  }

  /** @param shown the id in the page's address; null for a new one */
  private String save(
      String shown, String id, Long version, HostForm form, Model model, RedirectAttributes after) {
    var problems = new TreeMap<String, String>();
    var read = enter.read(id, version, form.wanted(problems));
    read.problems().forEach(wrong -> problems.putIfAbsent(wrong.field(), wrong.reason()));
    if (!problems.isEmpty()) return form(shown, version, form, problems, model);
    try {
      hosts.save(read.host());
    } catch (OptimisticLockingFailureException | DataIntegrityViolationException faster) {
      model.addAttribute("outdated", "Somebody has changed this host since you opened it. Sending this again overwrites that.");
      return form(shown, shown == null ? null : known(shown).version(), form, Map.of(), model);
    }
    after.addFlashAttribute("done", form.values().get("name") + " is saved. Meetings that are booked stay as they are.");
    return "redirect:/meetings";
  }

  @PostMapping("/{id}/remove")
  String remove(@PathVariable String id, RedirectAttributes after) {
    var host = known(id);
    try {
      enter.remove(id);
      after.addFlashAttribute("done", host.name() + " takes no meetings any more.");
    } catch (ErrorResponseException busy) {
      after.addFlashAttribute("problem", busy.getBody().getDetail() + ".");
    }
    return "redirect:/meetings";
  }

  private String form(String id, Long version, HostForm form, Map<String, String> problems, Model model) {
    var lines = new ArrayList<>(form.absences());
    lines.addAll(Collections.nCopies(FREE_LINES, new Absence("", "", "")));
    model.addAttribute("title", id == null ? "New host" : "Change host");
    model.addAttribute("id", id);
    model.addAttribute("version", version);
    model.addAttribute("values", form.values());
    model.addAttribute("absences", lines);
    model.addAttribute("problems", problems);
    model.addAttribute("zones", ZONES);
    model.addAttribute("calendars", calendars.names());
    return "host";
  }

  private Host known(String id) {
    return hosts.findById(id).orElseThrow(() -> new NotHere("There is no such host."));
  }
}
