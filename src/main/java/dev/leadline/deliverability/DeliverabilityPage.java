package dev.leadline.deliverability;

import dev.leadline.deliverability.Reputation.Standing;
import dev.leadline.mail.MailboxRotation;
import dev.leadline.mail.Touches;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.mail.smtp.SendingMailboxes;
import dev.leadline.sending.Hold;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether our mail arrives: the records of each domain, the standing of each mailbox, and a switch for it. */
@Controller
class DeliverabilityPage {

  private static final int DAYS = 30;
  private static final int LONGEST_REASON = 200;

  private final SendingMailboxes mailboxes;
  private final MailboxRotation rotation;
  private final Touches touches;
  private final Reputation reputation;
  private final ReputationLimits limits;
  private final DomainChecks checks;
  private final Clock clock;

  DeliverabilityPage(
      SendingMailboxes mailboxes, MailboxRotation rotation, Touches touches, Reputation reputation,
      ReputationLimits limits, DomainChecks checks, Clock clock) {
    this.mailboxes = mailboxes;
    this.rotation = rotation;
    this.touches = touches;
    this.reputation = reputation;
    this.limits = limits;
    this.checks = checks;
    this.clock = clock;
  }

  /** A mailbox on the page. */
  record Shown(SendingMailbox mailbox, Standing standing, Rate bounces, Rate complaints, Hold resting, List<Day> days) {

    public long today() {
      return days.getLast().count();
    }

    public long most() {
      return Math.max(1, days.stream().mapToLong(Day::count).max().orElse(1));
    }
  }

  /**
   * A share beside its limits.
   *
   * @param width of its bar in percent; the limit stands at two thirds
   * @param state good, warn or bad
   */
  record Rate(String percent, double width, String alarm, String limit, double alarmAt, String state) {

    static Rate of(double share, double alarm, double limit) {
      String state = share >= limit ? "bad" : share >= alarm ? "warn" : "good";
      double scale = limit * 1.5;
      return new Rate(
          ReputationLimits.percent(share), Math.min(100, share / scale * 100), ReputationLimits.percent(alarm),
          ReputationLimits.percent(limit), alarm / scale * 100, state);
    }
  }

  record Day(LocalDate date, long count) {}

  /** A domain on the page. */
  record Domain(String name, List<Check> checks) {}

  @GetMapping("/deliverability")
  String page(Model model) {
    model.addAttribute("mailboxes", mailboxes.all().stream().map(this::shown).toList());
    model.addAttribute("domains", mailboxes.all().stream()
        .map(mailbox -> Letters.domain(mailbox.email())).distinct()
        .map(name -> new Domain(name, checks.of(name))).toList());
    return "deliverability";
  }

  @PostMapping("/deliverability/checks")
  String again() {
    checks.again();
    return "redirect:/deliverability";
  }

  @PostMapping("/deliverability/{mailbox}/rest")
  String rest(
      @PathVariable String mailbox, @RequestParam(defaultValue = "") String because, HttpServletRequest request) {
    String by = person(request);
    String why = because.replaceAll("\\p{Cntrl}", " ").strip();
    if (why.length() > LONGEST_REASON) throw new InvalidInput("because", "is longer than %d".formatted(LONGEST_REASON));
    rotation.rest(known(mailbox), why.isEmpty() ? "stopped by " + by : why, by);
    return "redirect:/deliverability";
  }

  @PostMapping("/deliverability/{mailbox}/go-on")
  String goOn(@PathVariable String mailbox, HttpServletRequest request) {
    rotation.goOn(known(mailbox), person(request));
    return "redirect:/deliverability";
  }

  private String known(String mailbox) {
    if (mailboxes.all().stream().noneMatch(one -> one.id().equals(mailbox))) throw new NotHere("There is no such mailbox.");
    return mailbox;
  }

  private static String person(HttpServletRequest request) {
    return Viewer.of(request).map(Viewer::name)
        .orElseThrow(() -> new InvalidInput("name", "is needed: say who you are, at the top of the page"));
  }

  private Shown shown(SendingMailbox mailbox) {
    Standing standing = reputation.of(mailbox.id());
    return new Shown(
        mailbox, standing,
        Rate.of(standing.bounceRate(), limits.bounceAlarm(), limits.bounceLimit()),
        Rate.of(standing.complaintRate(), limits.complaintAlarm(), limits.complaintLimit()),
        rotation.resting(mailbox.id()).orElse(null), days(mailbox.id()));
  }

  private List<Day> days(String mailbox) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first = today.minusDays(DAYS - 1);
    Instant since = first.atStartOfDay(ZoneOffset.UTC).toInstant();
    Map<LocalDate, Long> counts = touches.times(mailbox, since).stream()
        .collect(Collectors.groupingBy(at -> LocalDate.ofInstant(at, ZoneOffset.UTC), Collectors.counting()));
    return Stream.iterate(first, day -> day.plusDays(1)).limit(DAYS)
        .map(day -> new Day(day, counts.getOrDefault(day, 0L))).toList();
  }
}
