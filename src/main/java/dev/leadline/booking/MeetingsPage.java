package dev.leadline.booking;

import dev.leadline.booking.Bookings.NotPossible;
import dev.leadline.booking.Meeting.State;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.TimelineEntry.Actor;
import dev.leadline.web.NotHere;
import dev.leadline.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The week's meetings, what leads have not answered, and how much each host has. */
@Controller
class MeetingsPage {

  private static final int MOST_WAITING = 50;
  private static final Set<State> WAITING = EnumSet.of(State.PROPOSED, State.CHOSEN);
  private static final Set<State> IN_THE_WEEK = EnumSet.of(State.CHOSEN, State.BOOKED, State.HELD, State.MISSED);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private final Meetings meetings;
  private final Bookings bookings;
  private final ProposeMeetings proposals;
  private final Hosts hosts;
  private final RoundRobin turns;
  private final Leads leads;
  private final BookingSettings settings;
  private final Clock clock;

  MeetingsPage(
      Meetings meetings, Bookings bookings, ProposeMeetings proposals, Hosts hosts, RoundRobin turns, Leads leads,
      BookingSettings settings, Clock clock) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.proposals = proposals;
    this.hosts = hosts;
    this.turns = turns;
    this.leads = leads;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One meeting of the page.
   *
   * @param time by the host's clock; what they hold when nothing is chosen
   * @param theirs by the lead's clock
   */
  public record Card(
      String id, String leadId, String lead, String company, String host, String state, String time, String theirs,
      String answer, boolean open, boolean booked) {}

  /** A day of the week. */
  public record Day(String name, boolean today, List<Card> meetings) {}

  /**
   * What a host has.
   *
   * @param share of all meetings of the last 30 days, in percent
   * @param fair what their weight would give them
   */
  public record Load(String id, String name, String calendar, String hours, long meetings, int share, int fair, boolean off) {}

  @GetMapping("/meetings")
  String page(@RequestParam(defaultValue = "") String week, Model model) {
    ZoneId zone = settings.zone();
    LocalDate today = LocalDate.now(clock.withZone(zone));
    LocalDate monday = week.isBlank()
        ? begin(today, this.week(monday(today), zone).stream().anyMatch(meeting -> !day(meeting, zone).isBefore(today)))
        : monday(date(week, today));
    var inTheWeek = this.week(monday, zone);
    var waiting = meetings.findByStateInOrderByProposedAt(WAITING, Limit.of(MOST_WAITING));
    var everyone = hosts.findAllByOrderByName();
    var cards = cards(Stream.concat(inTheWeek.stream(), waiting.stream()).distinct().toList(), everyone);
    model.addAttribute("days", IntStream.range(0, 7).mapToObj(monday::plusDays)
        .map(day -> new Day(DAY.format(day), day.equals(today), inTheWeek.stream()
            .filter(meeting -> day(meeting, zone).equals(day))
            .map(meeting -> cards.get(meeting.id())).toList()))
        .filter(day -> !day.meetings().isEmpty() || !day.name().startsWith("S")).toList());
    model.addAttribute("waiting", waiting.stream().map(meeting -> cards.get(meeting.id())).toList());
    model.addAttribute("loads", loads(everyone));
    model.addAttribute("range", "%s to %s".formatted(DAY.format(monday), DAY.format(monday.plusDays(6))));
    model.addAttribute("week", monday.toString());
    model.addAttribute("before", monday.minusDays(7).toString());
    model.addAttribute("after", monday.plusDays(7).toString());
    model.addAttribute("zone", Times.zoneInWords(zone.getId()));
    model.addAttribute("none", cards.isEmpty());
    return "meetings";
  }

  private List<Meeting> week(LocalDate monday, ZoneId zone) {
    return meetings.findByStateInAndStartBetweenOrderByStart(
        IN_THE_WEEK, monday.atStartOfDay(zone).toInstant().minusMillis(1), monday.plusDays(7).atStartOfDay(zone).toInstant());
  }

  /**
   * The Monday of the week to look at first: at a weekend the one that comes, if nothing is left of this week.
   *
   * @param more whether anything is left of it
   */
  static LocalDate begin(LocalDate today, boolean more) {
    boolean weekend = today.getDayOfWeek() == DayOfWeek.SATURDAY || today.getDayOfWeek() == DayOfWeek.SUNDAY;
    return weekend && !more ? monday(today).plusDays(7) : monday(today);
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static LocalDate day(Meeting meeting, ZoneId zone) {
    return meeting.start().atZone(zone).toLocalDate();
  }

  /** The times a meeting could have, behind "Move" and "Choose". */
  @GetMapping("/meetings/{id}/times")
  String times(@PathVariable String id, @RequestParam(defaultValue = "") String week, Model model) {
    Meeting meeting = known(id);
    model.addAttribute("id", id);
    model.addAttribute("week", week);
    model.addAttribute("booked", meeting.state() == State.BOOKED);
    try {
      String zone = hosts.get(meeting.host()).zone();
      model.addAttribute("times", bookings.possible(meeting).stream()
          .filter(start -> !start.equals(meeting.start()))
          .map(start -> new MeetPage.Choice(start.toString(), Times.dayAndTime(start, zone))).toList());
      model.addAttribute("away", false);
    } catch (Unavailable calendar) {
      model.addAttribute("times", List.of());
      model.addAttribute("away", true);
    }
    return "meetings :: times";
  }

  /** All meetings of one lead, for their page. */
  @GetMapping("/meetings/of/{leadId}")
  String of(@PathVariable String leadId, Model model) {
    var theirs = meetings.findByLeadIdOrderByProposedAt(leadId).reversed();
    var cards = cards(theirs, hosts.findAllByOrderByName());
    model.addAttribute("meetings", theirs.stream().map(meeting -> cards.get(meeting.id())).toList());
    model.addAttribute("leadId", leadId);
    model.addAttribute("open", theirs.stream().anyMatch(meeting -> meeting.state().open()));
    return "meetings :: of";
  }

  @PostMapping("/meetings")
  String propose(@RequestParam String leadId, RedirectAttributes said) {
    attempt(said, "Times are being looked for; the mail goes out in a moment.", () -> proposals.to(leadId));
    return "redirect:/leads/" + leadId;
  }

  @PostMapping("/meetings/{id}/move")
  String move(
      @PathVariable String id, @RequestParam(defaultValue = "") String start, @RequestParam(defaultValue = "") String week,
      HttpServletRequest request, RedirectAttributes said) {
    Meeting meeting = known(id);
    attempt(said, "The meeting has its new time; the lead gets the invitation again.", () -> {
      if (meeting.state() == State.BOOKED) bookings.move(id, instant(start), Actor.PERSON, by(request));
      else bookings.choose(id, instant(start), Actor.PERSON, by(request));
    });
    return back(week, said);
  }

  @PostMapping("/meetings/{id}/cancel")
  String cancel(
      @PathVariable String id, @RequestParam(defaultValue = "") String week, HttpServletRequest request,
      RedirectAttributes said) {
    known(id);
    attempt(said, "Cancelled. The time is free again.", () -> bookings.cancel(id, "cancelled", Actor.PERSON, by(request)));
    return back(week, said);
  }

  private static String back(String week, RedirectAttributes said) {
    if (!week.isBlank()) said.addAttribute("week", week);
    return "redirect:/meetings";
  }

  private static void attempt(RedirectAttributes said, String done, Runnable action) {
    try {
      action.run();
      said.addFlashAttribute("done", done);
    } catch (NotPossible no) {
      said.addFlashAttribute("problem", no.getMessage());
    } catch (Unavailable calendar) {
      said.addFlashAttribute("problem", "The host's calendar does not answer; try again in a moment.");
    }
  }

  private Meeting known(String id) {
    return meetings.findById(id).orElseThrow(() -> new NotHere("There is no such meeting."));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new NotPossible("Choose a time first.");
    }
  }

  private static LocalDate date(String text, LocalDate otherwise) {
    try {
      return text.isBlank() ? otherwise : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static String by(HttpServletRequest request) {
    return Viewer.of(request).map(Viewer::name).orElse("a colleague");
  }

  private Map<String, Card> cards(List<Meeting> wanted, List<Host> everyone) {
    var hostsById = everyone.stream().collect(Collectors.toMap(Host::id, host -> host));
    var leadsById = leads.findByIdIn(wanted.stream().map(Meeting::leadId).distinct().toList()).stream()
        .collect(Collectors.toMap(Lead::id, lead -> lead));
    return wanted.stream().collect(Collectors.toMap(
        Meeting::id, meeting -> card(meeting, leadsById.get(meeting.leadId()), hostsById.get(meeting.host()))));
  }

  private Card card(Meeting meeting, Lead lead, Host host) {
    String zone = host == null ? settings.zone().getId() : host.zone();
    boolean shown = meeting.start() != null;
    return new Card(
        meeting.id(), meeting.leadId(), lead == null ? "A lead that is gone" : lead.name(), lead == null ? "" : lead.company(),
        host == null ? meeting.host() : host.name(), meeting.state().name(),
        shown ? TIME.format(meeting.start().atZone(ZoneId.of(zone))) : "%d times held until %s".formatted(
            meeting.proposed().size(), Times.dayAndTime(meeting.heldUntil(), zone)),
        shown ? Times.inWords(meeting.start(), meeting.zone()) : "",
        meeting.answer() == null ? "" : meeting.answer().name().toLowerCase(Locale.ROOT), meeting.state().open(),
        meeting.state() == State.BOOKED);
  }

  private List<Load> loads(List<Host> everyone) {
    var turns = everyone.stream().map(this.turns::turn).toList();
    long all = Math.max(1, turns.stream().mapToLong(RoundRobin.Turn::meetings).sum());
    int weights = Math.max(1, everyone.stream().mapToInt(Host::weight).sum());
    var loads = new ArrayList<Load>();
    for (var turn : turns) {
      Host host = turn.host();
      loads.add(new Load(
          host.id(), host.name(), host.calendar(), host.hours(), turn.meetings(), (int) (100 * turn.meetings() / all),
          100 * host.weight() / weights, !host.takesMeetings()));
    }
    return loads;
  }
}
