package dev.leadline.replies;

import dev.leadline.contact.MailboxKind;
import dev.leadline.contact.Mailboxes;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Lead;
import dev.leadline.lead.LeadSearch;
import dev.leadline.lead.Leads;
import dev.leadline.replies.Sorting.Outcome;
import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What came by mail, whose it is and what became of it; of what matches nobody, a person says whose it is. */
@Controller
@RequestMapping("/messages")
class IncomingPages {

  static final String REFUSED = "It is known by now whose this mail is, or a machine speaks of a mail of ours.";
  private static final String NAMELESS =
      "Say who you are first: your name belongs into “You are” at the top, and stands on the timeline.";
  private static final int SIZE = 50;
  private static final int LAST = 19_999;
  private static final int MOST_PEOPLE = 8;
  private static final int LONGEST_QUERY = 200;

  private final IncomingMails mails;
  private final Sorting sorting;
  private final Leads leads;
  private final LeadSearch search;
  private final Mailboxes mailboxes;

  IncomingPages(IncomingMails mails, Sorting sorting, Leads leads, LeadSearch search, Mailboxes mailboxes) {
    this.mails = mails;
    this.sorting = sorting;
    this.leads = leads;
    this.search = search;
    this.mailboxes = mailboxes;
  }

  /** @param show "unclaimed" for those of which somebody should say whose they are, anything else for all */
  @GetMapping
  String all(
      @RequestParam(defaultValue = "all") String show,
      @RequestParam(defaultValue = "0") int page,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part,
      Model model) {
    boolean unclaimed = show.equals("unclaimed");
    var window = PageRequest.of(Math.clamp(page, 0, LAST), SIZE);
    var found = unclaimed
        ? mails.findByUnclaimedOrderByReceivedAtDesc(true, window)
        : mails.findAllByOrderByReceivedAtDesc(window);
    Map<String, Lead> known = leads.findByIdIn(
            found.stream().map(Incoming::leadId).filter(Objects::nonNull).distinct().toList()).stream()
        .collect(Collectors.toMap(Lead::id, Function.identity()));
    model.addAttribute("show", unclaimed ? "unclaimed" : "all");
    model.addAttribute("found", found);
    model.addAttribute("people", known);
    model.addAttribute("open", unclaimed ? found.getTotalElements() : mails.countByUnclaimed(true));
    return part.equals("messages") ? "messages :: messages" : "messages";
  }

  /** For the pages where people look for work: how many wait for somebody who knows whose they are, or nothing. */
  @GetMapping("/unclaimed")
  String unclaimed(Model model) {
    model.addAttribute("open", mails.countByUnclaimed(true));
    return "messages :: unclaimed";
  }

  /** @param q part of a name, a company or an address; null to be shown who it may be from */
  @GetMapping("/{id}")
  ModelAndView one(
      @PathVariable String id,
      @RequestParam(required = false) String q,
      @RequestHeader(name = "HX-Target", defaultValue = "") String part) {
    return showing(mail(id), q, part.equals("people") ? "message :: people" : "message");
  }

  @PostMapping("/{id}/owner")
  ModelAndView belongsTo(
      @PathVariable String id, @RequestParam String leadId, HttpServletRequest from, RedirectAttributes after) {
    var lead = leads.findById(leadId);
    if (lead.isEmpty()) return refused(id, HttpStatus.BAD_REQUEST, "There is no such lead any more. Choose another one.");
    return said(id, from, after, by -> sorting.belongsTo(mail(id), lead.get(), by));
  }

  @PostMapping("/{id}/nobody")
  ModelAndView isNobodys(@PathVariable String id, HttpServletRequest from, RedirectAttributes after) {
    return said(id, from, after, by -> sorting.isNobodys(mail(id), by));
  }

  private ModelAndView said(
      String id, HttpServletRequest from, RedirectAttributes after, Function<String, Outcome> saying) {
    var person = Viewer.of(from);
    if (person.isEmpty()) return refused(id, HttpStatus.BAD_REQUEST, NAMELESS);
    Outcome outcome = saying.apply(person.get().name());
    if (outcome == Outcome.REFUSED) return refused(id, HttpStatus.CONFLICT, REFUSED);
    after.addFlashAttribute("said", outcome);
    return new ModelAndView("redirect:/messages/" + id);
  }

  private ModelAndView refused(String id, HttpStatus status, String problem) {
    var page = showing(mail(id), null, "message").addObject("problem", problem);
    page.setStatus(status);
    return page;
  }

  private ModelAndView showing(Incoming mail, String q, String view) {
    String words = q == null ? null : q.strip().substring(0, Math.min(LONGEST_QUERY, q.strip().length()));
    return new ModelAndView(view)
        .addObject("mail", mail)
        .addObject("lead", mail.leadId() == null ? null : leads.findById(mail.leadId()).orElse(null))
        .addObject("q", words)
        .addObject("people", !mail.claimable() ? List.of() : words == null ? guesses(mail) : find(words));
  }

  /** By the name they write under, else by the company in their address. */
  private List<Lead> guesses(Incoming mail) {
    var company = EmailAddress.of(mail.letter().from())
        .filter(address -> mailboxes.kindOf(address) != MailboxKind.PRIVATE)
        .map(address -> Mailboxes.domainOf(address).split("\\.")[0]);
    return Stream.of(Optional.of(mail.letter().name()), company)
        .flatMap(Optional::stream)
        .map(this::find)
        .filter(found -> !found.isEmpty())
        .findFirst().orElse(List.of());
  }

  private List<Lead> find(String words) {
    return words.isBlank() ? List.of() : search.find(words, null, null, 0, MOST_PEOPLE).getContent();
  }

  private Incoming mail(String id) {
    return mails.findById(id).filter(mail -> mail.letter() != null)
        .orElseThrow(() -> new NotHere("There is no such mail, or it has not been read yet."));
  }
}
