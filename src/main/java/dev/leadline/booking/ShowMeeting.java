package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.meeting.Brief;
import dev.leadline.meeting.Briefs;
import dev.leadline.provider.Unavailable;
import dev.leadline.research.Cited;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Start listener of the tasks ConfirmMeeting and HoldMeeting: who meets whom, when and about what, local to the task. */
@Component
public class ShowMeeting {

  private static final int MOST_TIMES = 40;

  private final Meetings meetings;
  private final Bookings bookings;
  private final Hosts hosts;
  private final Leads leads;
  private final Briefs briefs;

  ShowMeeting(Meetings meetings, Bookings bookings, Hosts hosts, Leads leads, Briefs briefs) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.hosts = hosts;
    this.leads = leads;
    this.briefs = briefs;
  }

  @JobWorker(type = "show-meeting")
  public Result handle(@VariablesAsType Input input) {
    Meeting meeting = meetings.get(input.meetingId());
    Host host = hosts.get(meeting.host());
    Lead lead = leads.get(meeting.leadId());
    var brief = briefs.findById(lead.id());
    return new Result(
        new Shown(lead.name(), lead.jobTitle(), lead.company(), lead.email()),
        host.name(),
        meeting.start() == null ? "" : Times.inWords(meeting.start(), meeting.zone()),
        meeting.start() == null ? "" : Times.inWords(meeting.start(), host.zone()),
        meeting.state() == State.BOOKED ? List.of() : others(meeting),
        brief.map(Brief::points).orElse(List.of()).stream().map(Cited::text).map(Line::new).toList(),
        brief.map(Brief::questions).orElse(List.of()).stream().map(Line::new).toList());
  }

  private List<Option> others(Meeting meeting) {
    try {
      return bookings.possible(meeting).stream().limit(MOST_TIMES).map(start -> option(meeting, start)).toList();
    } catch (Unavailable calendar) {
      return meeting.proposed().stream().map(start -> option(meeting, start)).toList();
    }
  }

  private static Option option(Meeting meeting, Instant start) {
    return new Option(Times.inWords(start, meeting.zone()), start.toString());
  }

  record Input(String leadId, String meetingId) {}

  /**
   * The variables of the forms confirm-meeting and hold-meeting.
   *
   * @param when for the lead; empty before a time is chosen
   * @param whenHere the same for the host
   */
  record Result(
      Shown lead, String host, String when, String whenHere, List<Option> options, List<Line> points,
      List<Line> questions) {}

  record Shown(String name, String jobTitle, String company, String email) {}

  record Option(String label, String value) {}

  record Line(String text) {}
}
