package dev.leadline.booking;

import dev.leadline.booking.Bookings.NotPossible;
import dev.leadline.booking.Meeting.State;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * Where a lead chooses a time, moves their meeting or cancels it.
 *
 * <p>Looking at the page changes nothing, because mail scanners look at every link.
 */
@Controller
class MeetPage {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

  private final Meetings meetings;
  private final Bookings bookings;
  private final Hosts hosts;
  private final SenderProfile sender;

  MeetPage(Meetings meetings, Bookings bookings, Hosts hosts, SenderProfile sender) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.hosts = hosts;
    this.sender = sender;
  }

  /** A time to choose. */
  public record Choice(String value, String words) {}

  @GetMapping("/meet/{token}")
  ModelAndView look(@PathVariable String token) {
    return meeting(token).map(known -> page(known, null)).orElseGet(this::unknown);
  }

  @PostMapping("/meet/{token}")
  ModelAndView choose(@PathVariable String token, @RequestParam(defaultValue = "") String start) {
    var meeting = meeting(token);
    if (meeting.isEmpty()) return unknown();
    try {
      Instant at = Instant.parse(start);
      return page(meeting.get().state() == State.BOOKED
          ? bookings.move(meeting.get().id(), at, Actor.LEAD, "booking page")
          : bookings.choose(meeting.get().id(), at, Actor.LEAD, "booking page"), null);
    } catch (DateTimeParseException none) {
      return problem(meeting.get(), HttpStatus.BAD_REQUEST, "Please choose a time first.");
    } catch (NotPossible no) {
      return problem(meetings.get(meeting.get().id()), HttpStatus.CONFLICT, no.getMessage());
    } catch (Unavailable calendar) {
      return problem(meeting.get(), HttpStatus.SERVICE_UNAVAILABLE, "Our calendar does not answer. Please try again in a moment.");
    }
  }

  @PostMapping("/meet/{token}/cancel")
  ModelAndView cancel(@PathVariable String token) {
    var meeting = meeting(token);
    if (meeting.isEmpty()) return unknown();
    try {
      return page(bookings.cancel(meeting.get().id(), "cancelled", Actor.LEAD, "booking page"), null);
    } catch (NotPossible no) {
      return problem(meeting.get(), HttpStatus.CONFLICT, no.getMessage());
    }
  }

  private Optional<Meeting> meeting(String token) {
    return token.length() > 60 ? Optional.empty() : meetings.findByToken(token);
  }

  private ModelAndView unknown() {
    var page = new ModelAndView("meet");
    page.addObject("state", "UNKNOWN");
    page.addObject("company", sender.company());
    page.setStatus(HttpStatus.NOT_FOUND);
    return page;
  }

  private ModelAndView problem(Meeting meeting, HttpStatus status, String sentence) {
    var page = page(meeting, sentence);
    page.setStatus(status);
    return page;
  }

  private ModelAndView page(Meeting meeting, String problem) {
    var page = new ModelAndView("meet");
    page.addObject("state", meeting.state().name());
    page.addObject("company", sender.company());
    page.addObject("host", hosts.findById(meeting.host()).map(Host::name).orElse(sender.company()));
    page.addObject("minutes", meeting.minutes());
    page.addObject("zone", Times.zoneInWords(meeting.zone()));
    page.addObject("token", meeting.token());
    page.addObject("problem", problem);
    page.addObject("time", meeting.start() == null ? "" : Times.inWords(meeting.start(), meeting.zone()));
    boolean open = meeting.state() == State.PROPOSED || meeting.state() == State.BOOKED;
    List<Instant> possible = open ? possible(meeting) : List.of();
    page.addObject("held", meeting.state() != State.PROPOSED ? List.of() : meeting.proposed().stream()
        .filter(possible::contains)
        .map(start -> new Choice(start.toString(), Times.dayAndTime(start, meeting.zone()))).toList());
    page.addObject("days", days(meeting, possible));
    return page;
  }

  private List<Instant> possible(Meeting meeting) {
    try {
      return bookings.possible(meeting);
    } catch (Unavailable calendar) {
      return meeting.state() == State.PROPOSED ? meeting.proposed() : List.of();
    }
  }

  private static Map<String, List<Choice>> days(Meeting meeting, List<Instant> possible) {
    var days = new LinkedHashMap<String, List<Choice>>();
    for (Instant start : possible) {
      var clock = start.atZone(ZoneId.of(meeting.zone()));
      days.computeIfAbsent(DAY.format(clock), day -> new ArrayList<>())
          .add(new Choice(start.toString(), TIME.format(clock)));
    }
    return days;
  }
}
