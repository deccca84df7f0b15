package dev.leadline.suppression;

import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Everybody who is contacted no more, with reasons; add one, take over a list, take back what one of us said. */
@Controller
@RequestMapping("/suppressions")
class SuppressionPage {

  private static final int SIZE = 50;
  private static final int LAST = 19_999;

  private final Suppressions suppressions;
  private final Suppress suppress;
  private final SuppressionList list;

  SuppressionPage(Suppressions suppressions, Suppress suppress, SuppressionList list) {
    this.suppressions = suppressions;
    this.suppress = suppress;
    this.list = list;
  }

  /** @param q the beginning of any word of an address, a domain or a company's name; finds all when blank */
  @GetMapping
  ModelAndView all(@RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "0") int page) {
    return page(HttpStatus.OK, q.strip(), Math.clamp(page, 0, LAST));
  }

  @PostMapping
  ModelAndView add(
      @RequestParam(defaultValue = "") String who,
      @RequestParam(defaultValue = "false") boolean company,
      @RequestParam Reason reason,
      HttpServletRequest from) {
    var whom = company && !who.isBlank() ? Optional.of(Whom.company(who.strip())) : Whom.read(who);
    if (whom.isEmpty()) {
      return page(HttpStatus.BAD_REQUEST, "", 0)
          .addObject("who", who)
          .addObject("problem", "“%s” is neither an e-mail address nor a domain. For a company by its name, say so."
              .formatted(who));
    }
    var outcome = suppress.of(whom.get(), reason, by(from));
    return page(HttpStatus.OK, "", 0).addObject("said", outcome.added()
        ? whom.get().words() + " gets no more mail."
        : whom.get().words() + " was on the list before.");
  }

  @PostMapping("/list")
  ModelAndView take(
      @RequestParam(defaultValue = "") String lines,
      @RequestParam(required = false) MultipartFile file,
      @RequestParam Reason reason,
      HttpServletRequest from) throws IOException {
    byte[] rest = file == null ? new byte[0] : file.getBytes();
    if (lines.isBlank() && rest.length == 0) {
      return page(HttpStatus.BAD_REQUEST, "", 0).addObject("problem", "Paste some lines or choose a file first.");
    }
    var both = new SequenceInputStream(
        new ByteArrayInputStream((lines + "\n").getBytes(StandardCharsets.UTF_8)), new ByteArrayInputStream(rest));
    return page(HttpStatus.OK, "", 0)
        .addObject("list", list.take(new InputStreamReader(both, StandardCharsets.UTF_8), reason, by(from)));
  }

  @PostMapping("/lift")
  ModelAndView lift(@RequestParam String key) {
    return lifted(key, suppress.lift(key));
  }

  @PostMapping("/misread")
  ModelAndView misread(
      @RequestParam String key, @RequestParam(defaultValue = "") String because, HttpServletRequest from) {
    var viewer = Viewer.of(from);
    String why = because.strip();
    if (viewer.isEmpty() || why.isEmpty() || why.length() > Misread.LONGEST_REASON) {
      return page(HttpStatus.BAD_REQUEST, "", 0).addObject("problem", viewer.isEmpty()
          ? "Say who you are first: the timeline keeps who read their reply again."
          : "Say in a sentence what they meant, in %d characters at most.".formatted(Misread.LONGEST_REASON));
    }
    return lifted(key, suppress.misread(key, viewer.get().name(), why));
  }

  private ModelAndView lifted(String key, Suppress.Lifted outcome) {
    String who = Whom.ofKey(key).words();
    return page(HttpStatus.OK, "", 0).addObject("said", switch (outcome) {
      case LIFTED -> who + " may be contacted again.";
      case OTHERS_REMAIN -> who + " stays on the list for a reason that is not ours to take back.";
      case NO_LEAD -> who + " stays on the list: there is no lead whose timeline could keep why not.";
      case UNKNOWN -> "That was not on the list any more.";
    });
  }

  private ModelAndView page(HttpStatus status, String q, int page) {
    var window = PageRequest.of(page, SIZE);
    var view = new ModelAndView("suppressions", status);
    view.addObject("found", suppressions.find(q, window));
    view.addObject("q", q);
    view.addObject("reasons", Reason.values());
    return view;
  }

  private static String by(HttpServletRequest from) {
    return Viewer.of(from).map(Viewer::name).orElse("page");
  }
}
