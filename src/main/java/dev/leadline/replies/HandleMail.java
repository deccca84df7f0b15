package dev.leadline.replies;

import dev.leadline.mail.Touch;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Letter;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.replies.Incoming.Match.By;
import dev.leadline.replies.MachineMail.Said;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What follows from a mail before any journey or model: whose it is, what machines mean by it, and that nothing more is
 * sent by itself to somebody who has answered.
 *
 * <p>Every step may be done again without effect.
 */
@Component
class HandleMail {

  private static final String STEP = "receive-mail";

  private final IncomingMails mails;
  private final MachineMail machines;
  private final Matching matching;
  private final QuotedText quoted;
  private final ReportedMail reported;
  private final Answered answered;
  private final AboutMeeting aboutMeeting;
  private final ReplyMessages messages;
  private final Timeline timeline;

  HandleMail(
      IncomingMails mails, MachineMail machines, Matching matching, QuotedText quoted, ReportedMail reported, Answered answered,
      AboutMeeting aboutMeeting, ReplyMessages messages, Timeline timeline) {
    this.mails = mails;
    this.machines = machines;
    this.matching = matching;
    this.quoted = quoted;
    this.reported = reported;
    this.answered = answered;
    this.aboutMeeting = aboutMeeting;
    this.messages = messages;
    this.timeline = timeline;
  }

  void handle(Incoming mail, byte[] content) {
    var read = MimeReader.read(content);
    var letter = new Letter(
        read.messageId(), read.from(), read.name(), read.subject(), quoted.fresh(read), QuotedText.whole(read),
        read.attachments());
    switch (machines.read(read)) {
      case Said.Bounced bounced -> {
        var touch = keep(mail, Kind.BOUNCE, letter, matching.reported(read));
        touch.ifPresent(about -> reported.bounced(mail, about, bounced));
      }
      case Said.Complained complaint -> {
        var touch = keep(mail, Kind.COMPLAINT, letter, matching.reported(read));
        touch.ifPresent(about -> reported.complained(mail, about, complaint));
      }
      case Said.Other ignored -> keep(mail, Kind.OTHER, letter, Optional.empty());
      case Said.Automatic ignored -> {
        // A machine of a colleague has nothing to say.
        var known = matching.of(read).filter(found -> found.by() != By.COMPANY).orElse(null);
        var match = keep(mail, Kind.AUTO_REPLY, letter, known);
        if (match == null) break;
        record(mail, letter, match, "An automatic answer came");
        if (!aboutMeeting.calendar(match.leadId(), read)) messages.received(mail.id(), Kind.AUTO_REPLY, match, false);
      }
      case Said.Nothing ignored -> {
        var match = keep(mail, Kind.PERSON, letter, matching.of(read).orElse(null));
        if (match == null) {
          answered.byStranger(letter);
          break;
        }
        record(mail, letter, match, match.by() == By.COMPANY ? "Somebody of their company wrote to us" : "They wrote to us");
        if (match.by() != By.COMPANY) {
          answered.by(match.leadId(), mail, letter);
          if (aboutMeeting.settles(mail, read, letter, match)) break;
        }
        messages.received(mail.id(), Kind.PERSON, match, aboutMeeting.proposed(match.leadId()));
      }
    }
    mails.handled(mail.id());
  }

  /** Before anything follows from it, so that whoever hears of it finds it. */
  private Match keep(Incoming mail, Kind kind, Letter letter, Match match) {
    mails.read(mail.id(), kind, letter, match == null ? null : match.leadId(), match);
    return match;
  }

  private Optional<Touch> keep(Incoming mail, Kind kind, Letter letter, Optional<Touch> touch) {
    keep(mail, kind, letter, touch.map(about -> new Match(about.leadId(), about.id(), Match.By.HEADERS)).orElse(null));
    return touch;
  }

  private void record(Incoming mail, Letter letter, Match match, String words) {
    timeline.record(
        mail.id() + ":received", match.leadId(), STEP, Actor.LEAD, letter.from(), words,
        List.of("Subject: " + letter.subject(), letter.text(), "Known " + match.by().words()));
  }
}
