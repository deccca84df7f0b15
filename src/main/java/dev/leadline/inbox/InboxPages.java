package dev.leadline.inbox;

import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The inbox: tasks on the left, the open one beside them. */
@Controller
@RequestMapping("/inbox")
class InboxPages {

  private final Tasks tasks;
  private final TaskForm form;
  private final Desk desk;
  private final Clock clock;

  InboxPages(Tasks tasks, TaskForm form, Desk desk, Clock clock) {
    this.tasks = tasks;
    this.form = form;
    this.desk = desk;
    this.clock = clock;
  }

  @ModelAttribute
  void common(HttpServletRequest request, @RequestParam(defaultValue = "all") String show, Model model) {
    model.addAttribute("me", me(request));
    model.addAttribute("show", Show.of(show));
    model.addAttribute("shows", Show.values());
    model.addAttribute("now", clock.instant());
  }

  @GetMapping
  String inbox(@ModelAttribute("show") Show show, @ModelAttribute("me") String me, Model model) {
    model.addAttribute("list", tasks.list(show, me));
    return "inbox";
  }

  /** The list alone; 204 when the viewer has this version already. */
  @GetMapping("/tasks")
  Object list(
      @ModelAttribute("show") Show show,
      @ModelAttribute("me") String me,
      @RequestParam(defaultValue = "") String version,
      Model model) {
    var list = tasks.list(show, me);
    if (list.version().equals(version)) return ResponseEntity.noContent().build();
    model.addAttribute("list", list);
    return "inbox :: list";
  }

  @GetMapping(path = "/count", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  String count() {
    var count = tasks.count();
    return count == 0 ? "" : Long.toString(count);
  }

  @GetMapping("/{key}")
  String task(
      @PathVariable long key,
      @ModelAttribute("show") Show show,
      @ModelAttribute("me") String me,
      @RequestHeader(name = "HX-Target", defaultValue = "") String target,
      Model model) {
    model.addAttribute("task", tasks.find(key).orElseThrow(InboxPages::gone));
    if (target.equals("task")) return "inbox :: task";
    model.addAttribute("list", tasks.list(show, me));
    return "inbox";
  }

  @GetMapping("/{key}/form")
  @ResponseBody
  TaskForm.Content form(@PathVariable long key) {
    return form.of(key);
  }

  @PostMapping("/{key}/claim")
  String claim(
      @PathVariable long key,
      @ModelAttribute("me") String me,
      @RequestParam(defaultValue = "false") boolean takeOver,
      Model model) {
    return changed(key, me, model, () -> desk.claim(key, me, takeOver), me);
  }

  @PostMapping("/{key}/release")
  String release(@PathVariable long key, @ModelAttribute("me") String me, Model model) {
    return changed(key, me, model, () -> desk.release(key), null);
  }

  /** The filled form as JSON; the answer is what to say, with 409 when it was refused. */
  @PostMapping("/{key}/completion")
  @ResponseBody
  ResponseEntity<Map<String, String>> complete(
      @PathVariable long key, @ModelAttribute("me") String me, @RequestBody Map<String, Object> variables) {
    try {
      if (me.isEmpty()) throw new Desk.Refused(SAY_WHO);
      desk.complete(key, me, variables);
      return ResponseEntity.ok(Map.of("say", "Done."));
    } catch (Desk.Refused refused) {
      return ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("say", refused.getMessage()));
    }
  }

  private static final String SAY_WHO = "Say who you are first: your name belongs into “You are” at the top.";

  private interface Change {
    void make() throws Desk.Refused;
  }

  private String changed(long key, String me, Model model, Change change, String assignee) {
    var task = tasks.find(key).orElseThrow(InboxPages::gone);
    try {
      if (me.isEmpty()) throw new Desk.Refused(SAY_WHO);
      change.make();
      model.addAttribute("task", task.assignedTo(assignee));
    } catch (Desk.Refused refused) {
      model.addAttribute("refused", refused.getMessage());
      model.addAttribute("task", tasks.find(key).orElse(task));
    }
    return "inbox :: task";
  }

  private static String me(HttpServletRequest request) {
    return Viewer.of(request).map(Viewer::name).orElse("");
  }

  private static NotHere gone() {
    return new NotHere("There is no such task. Perhaps its journey has ended.");
  }
}
