package dev.leadline.replies;

import dev.leadline.booking.MeetingReplies;
import dev.leadline.replies.Incoming.Decision;
import dev.leadline.replies.Incoming.Letter;
import dev.leadline.replies.Incoming.Match;
import org.springframework.stereotype.Component;

/** Answers to proposals and invitations, which the journey of the meeting waits for. */
@Component
class AboutMeeting {

  private static final int SURE = 100;

  private final MeetingReplies meetings;
  private final Answered answered;
  private final IncomingMails mails;

  AboutMeeting(MeetingReplies meetings, Answered answered, IncomingMails mails) {
    this.meetings = meetings;
    this.answered = answered;
    this.mails = mails;
  }

  /** Whether times are held for the lead, who has not chosen one. */
  boolean proposed(String leadId) {
    return meetings.proposed(leadId).isPresent();
  }

  /** Whether it is the answer of a calendar to an invitation of ours. */
  boolean calendar(String leadId, ReceivedMail mail) {
    return mail.calendars().stream().anyMatch(ics -> meetings.calendar(leadId, ics));
  }

  /** Whether the journey of a meeting has all that the mail says, so that nobody has to read on. */
  boolean settles(Incoming mail, ReceivedMail read, Letter letter, Match match) {
    if (mail.decision() != null) return true;
    if (calendar(match.leadId(), read)) return decided(mail, "Their calendar answered our invitation");
    if (answered.asksToBeLeftAlone(letter, match.leadId()) || meetings.chosen(match.leadId(), letter.text()).isEmpty()) return false;
    return decided(mail, "They chose one of the times we offered");
  }

  private boolean decided(Incoming mail, String because) {
    mails.decided(mail.id(), new Decision("meeting_request", SURE, "RULES", null, "meet", because));
    return true;
  }
}
