package dev.leadline.story;

import dev.leadline.web.NotHere;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one lead. */
@Controller
@RequestMapping("/leads/{id}")
class StoryPage {

  private final Stories stories;

  StoryPage(Stories stories) {
    this.stories = stories;
  }

  @GetMapping
  String page(@PathVariable String id, Model model) {
    model.addAttribute("story", story(id));
    return "story";
  }

  /** What changes while the journey runs; 204 when the viewer has this version already. */
  @GetMapping("/live")
  Object live(@PathVariable String id, @RequestParam(defaultValue = "") String version, Model model) {
    var story = story(id);
    if (story.version().equals(version)) return ResponseEntity.noContent().build();
    model.addAttribute("story", story);
    return "story :: live";
  }

  /** What models were asked and answered, behind one entry of the timeline. */
  @GetMapping("/thoughts/{entry}")
  String thought(@PathVariable String id, @PathVariable String entry, Model model) {
    model.addAttribute("runs", stories.thoughts(id, entry));
    model.addAttribute("facts", stories.facts(id));
    return "thought :: runs";
  }

  private Story story(String id) {
    return stories.of(id).orElseThrow(() -> new NotHere("There is no such lead."));
  }
}
