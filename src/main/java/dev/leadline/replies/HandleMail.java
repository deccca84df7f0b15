package dev.leadline.replies;

import dev.leadline.lead.EmailAddress;
import dev.leadline.mail.Touch;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Letter;
import dev.leadline.replies.Incoming.Match.By;
import dev.leadline.replies.Incoming.Match;
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
        read.messageId(), EmailAddress.of(read.from()).map(EmailAddress::normal).orElse(read.from()), read.name(), read.subject(), quoted.fresh(read), QuotedText.whole(read),
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
      case Said.Automatic ignored -> automatic(mail, read, letter);
      // Whatever it looks like, one of us said who speaks.
      case Said.Other ignored when mail.match() != null && mail.sorted() != null -> person(mail, read, letter);
      case Said.Other ignored -> keep(mail, Kind.OTHER, letter, (Match) null);
      case Said.Nothing ignored -> person(mail, read, letter);
    }
    mails.handled(mail.id(), mail.sorted() == null ? null : mail.sorted().at());
  }

  private void automatic(Incoming mail, ReceivedMail read, Letter letter) {
    // A machine of a colleague has nothing to say.
    var match = keep(mail, Kind.AUTO_REPLY, letter, whose(mail, read).filter(known -> known.by() != By.COMPANY).orElse(null));
    if (match == null) return;
    record(mail, letter, match, "An automatic answer came");
    if (!aboutMeeting.calendar(match.leadId(), read)) messages.received(mail.id(), Kind.AUTO_REPLY, match, false);
  }

  private void person(Incoming mail, ReceivedMail read, Letter letter) {
    var match = keep(mail, Kind.PERSON, letter, whose(mail, read).orElse(null));
    if (match == null) {
      answered.byStranger(letter);
      return;
    }
    record(mail, letter, match, match.by() == By.COMPANY ? "Somebody of their company wrote to us" : "They wrote to us");
    if (match.by() == By.COMPANY) {
      answered.byColleague(letter, match.leadId());
    } else {
      answered.by(match.leadId(), mail, letter);
      if (aboutMeeting.settles(mail, read, letter, match)) return;
    }
    messages.received(mail.id(), Kind.PERSON, match, aboutMeeting.proposed(match.leadId()));
  }

  /** What a person said counts before every sign. */
  private Optional<Match> whose(Incoming mail, ReceivedMail read) {
    return mail.sorted() == null ? matching.of(read) : Optional.ofNullable(mail.match());
  }

  /** Before anything follows from it, so that whoever hears of it finds it. */
  private Match keep(Incoming mail, Kind kind, Letter letter, Match match) {
    boolean unclaimed = match == null && (kind == Kind.PERSON || kind == Kind.AUTO_REPLY);
    mails.read(mail.id(), kind, letter, match == null ? null : match.leadId(), match, unclaimed);
    return match;
  }

  private Optional<Touch> keep(Incoming mail, Kind kind, Letter letter, Optional<Touch> touch) {
    keep(mail, kind, letter, touch.map(about -> new Match(about.leadId(), about.id(), Match.By.HEADERS)).orElse(null));
    return touch;
  }

  private void record(Incoming mail, Letter letter, Match match, String words) {
    var by = mail.sorted();
    // What was told of a lead whose it was not stands on the timeline of that lead.
    String entry = mail.id() + ":received" + (by == null ? "" : ":" + match.leadId());
    if (by != null) {
      timeline.record(
          mail.id() + ":sorted:" + match.leadId(), match.leadId(), STEP, Actor.PERSON, by.person(),
          by.person() + " said that a mail is theirs", List.of("From: " + letter.from()));
    }
    timeline.record(
        entry, match.leadId(), STEP, Actor.LEAD, letter.from(), words,
        List.of("Subject: " + letter.subject(), letter.text(), by == null ? match.by().words() : mail.known()));
  }
}
