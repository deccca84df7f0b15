package dev.leadline.journey;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The deployed journeys and where their instances are. */
@Controller
@RequestMapping("/journeys")
class JourneyPages {

  private static final int PAGE = 25;
  private static final int LAST_PAGE = 9_999 / PAGE;

  private final Journeys journeys;

  JourneyPages(Journeys journeys) {
    this.journeys = journeys;
  }

  @GetMapping
  String list(Model model) {
    model.addAttribute("journeys", journeys.all());
    return "journeys";
  }

  @GetMapping("/{key}")
  String journey(
      @PathVariable long key,
      @RequestParam(defaultValue = "all") String show,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    var journey = journeys.get(key);
    model.addAttribute("journey", journey);
    model.addAttribute("versions", journeys.versions(journey.getProcessDefinitionId()));
    model.addAttribute("show", Show.of(show));
    model.addAttribute("shows", Show.values());
    model.addAttribute("found", journeys.instances(key, Show.of(show), Math.clamp(page, 0, LAST_PAGE), PAGE));
    return "journey";
  }

  /** The version picker of the page. */
  @GetMapping("/version")
  String version(@RequestParam long key) {
    return "redirect:/journeys/" + key;
  }

  /** A deployed version never changes. */
  @GetMapping("/{key}/diagram")
  ResponseEntity<String> diagram(@PathVariable long key) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_XML)
        .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePrivate())
        .body(journeys.diagram(key));
  }

  @GetMapping("/{key}/marks")
  @ResponseBody
  Marks marks(@PathVariable long key) {
    return journeys.marks(key);
  }
}
