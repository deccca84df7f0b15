package dev.leadline.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.lead.Lead;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page on which people introduce themselves. */
@Controller
class LeadForm {

  private static final String ONCE = "once";

  private final Intake intake;
  private final Consents consents;
  private final ObjectMapper json;
  private final Clock clock;

  LeadForm(Intake intake, Consents consents, ObjectMapper json, Clock clock) {
    this.intake = intake;
    this.consents = consents;
    this.json = json;
    this.clock = clock;
  }

  @GetMapping("/")
  ModelAndView empty() {
    return form(HttpStatus.OK, Map.of(), Map.of());
  }

  @PostMapping(path = "/", consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE})
  ModelAndView submit(@RequestParam Map<String, String> sent, HttpServletRequest from) throws JsonProcessingException {
    var fields = new LinkedHashMap<String, String>();
    Stream.of(Field.values()).map(Field::apiName).filter(sent::containsKey)
        .forEach(name -> fields.put(name, sent.get(name)));
    return switch (take(sent.getOrDefault(ONCE, ""), json.writeValueAsString(fields))) {
      case Verdict.New(Lead lead) -> {
        agreed(lead, from);
        yield new ModelAndView("redirect:/thanks");
      }
      case Verdict.Duplicate(Lead known) -> {
        agreed(known, from);
        yield new ModelAndView("redirect:/thanks?again");
      }
      case Verdict.Rejected no -> form(HttpStatus.BAD_REQUEST, fields, words(no.problems()));
    };
  }

  private void agreed(Lead lead, HttpServletRequest from) {
    if (consents.existsById(lead.id())) return;
    consents.save(new Consent(lead.id(), Wording.TEXT, Wording.VERSION, from.getRemoteAddr(), clock.instant()));
  }

  @GetMapping("/thanks")
  String thanks(@RequestParam(required = false) String again, Model model) {
    model.addAttribute("again", again != null);
    return "lead/thanks";
  }

  /** A form that is sent twice by a double click is one request; one that was changed after "back" is another. */
  private Verdict take(String once, String payload) {
    boolean named = once.matches("[0-9a-f-]{36}");
    try {
      return intake.take(Channel.FORM, named ? "form-" + once : null, payload);
    } catch (KeyReused changedAfterwards) {
      return intake.take(Channel.FORM, null, payload);
    }
  }

  private static ModelAndView form(HttpStatus status, Map<String, String> values, Map<String, String> problems) {
    var page = new ModelAndView("lead/form", status);
    page.addObject("values", values);
    page.addObject("problems", problems);
    page.addObject("wording", Wording.TEXT);
    page.addObject(ONCE, UUID.randomUUID());
    return page;
  }

  private static Map<String, String> words(List<FieldProblem> problems) {
    return problems.stream().collect(Collectors.toMap(
        FieldProblem::field, problem -> "This " + problem.reason() + ".", (first, second) -> first, LinkedHashMap::new));
  }
}
