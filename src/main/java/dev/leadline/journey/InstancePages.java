package dev.leadline.journey;

import io.camunda.client.api.command.ClientException;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** One run of a journey: its way through the diagram, its variables, what holds it up. */
@Controller
@RequestMapping("/journeys/instances/{key}")
class InstancePages {

  private final Instances instances;

  InstancePages(Instances instances) {
    this.instances = instances;
  }

  @GetMapping
  String instance(@PathVariable long key, Model model) {
    var instance = instances.get(key);
    var variables = instances.variables(key);
    model.addAttribute("instance", instance);
    model.addAttribute("parent", Optional.ofNullable(instance.parent()).map(instances::get).orElse(null));
    model.addAttribute("called", instances.calledBy(key));
    model.addAttribute("incidents", instances.incidents(key));
    model.addAttribute("variables", variables);
    model.addAttribute(
        "leadId",
        variables.stream()
            .filter(variable -> variable.name().equals("leadId"))
            .map(variable -> variable.json().replace("\"", ""))
            .findFirst()
            .orElse(null));
    return "instance";
  }

  @GetMapping("/marks")
  @ResponseBody
  Marks marks(@PathVariable long key) {
    return instances.marks(key);
  }

  @PostMapping("/retry")
  String retry(@PathVariable long key, @RequestParam long incident) {
    return back(key, "retried", () -> instances.retry(incident));
  }

  @PostMapping("/cancel")
  String cancel(@PathVariable long key) {
    return back(key, "cancelled", () -> instances.cancel(key));
  }

  private static String back(long key, String done, Runnable action) {
    try {
      action.run();
    } catch (ClientException refused) {
      return "redirect:/journeys/instances/%d?said=refused".formatted(key);
    }
    return "redirect:/journeys/instances/%d?said=%s".formatted(key, done);
  }
}
