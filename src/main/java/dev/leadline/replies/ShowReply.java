package dev.leadline.replies;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.lead.PlainText;
import dev.leadline.outreach.Correspondence;
import dev.leadline.outreach.Conversation;
import dev.leadline.reading.Classified;
import dev.leadline.reading.UnderstoodReplies;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Start listener of the tasks about a reply: the mail beside what was said before, local to the task. */
@Component
public class ShowReply {

  private static final int LONGEST = 8_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final IncomingMails mails;
  private final Leads leads;
  private final UnderstoodReplies understood;
  private final Collection<Correspondence> channels;

  ShowReply(
      IncomingMails mails, Leads leads, UnderstoodReplies understood, Collection<Correspondence> channels) {
    this.mails = mails;
    this.leads = leads;
    this.understood = understood;
    this.channels = channels;
  }

  @JobWorker(type = "show-reply")
  public Result show(@VariablesAsType Input input) {
    Lead lead = leads.get(input.leadId());
    var mail = mails.get(input.messageId());
    var says = understood.findById(mail.id()).map(reply -> reply.says());
    var history = Conversation.of(lead.id(), channels).said().stream()
        .filter(said -> said.at().isBefore(mail.receivedAt()))
        .map(said -> new Earlier(
            "%s · %s\n\n%s".formatted(
                said.subject() == null ? said.channel() : said.subject(), TIME.format(said.at()), PlainText.cut(said.text(), LONGEST))))
        .toList();
    return new Result(
        new Shown(lead.name(), lead.jobTitle(), lead.company(), lead.email()), mail(mail), reading(mail, says),
        says.map(Classified::referred).map(who -> Optional.ofNullable(who.name()).orElse("")).orElse(""),
        says.map(Classified::referred).map(who -> Optional.ofNullable(who.address()).orElse("")).orElse(""), history);
  }

  private static Mail mail(Incoming mail) {
    var letter = mail.letter();
    String attached = letter.attachments().stream()
        .map(file -> "%s (%,d bytes)".formatted(file.name().isEmpty() ? file.type() : file.name(), file.size()))
        .collect(Collectors.joining(", "));
    return new Mail(
        (letter.name() + " <" + letter.from() + ">").strip(), letter.subject(), TIME.format(mail.receivedAt()),
        PlainText.cut(letter.text(), LONGEST), attached.isEmpty() ? "none" : attached + "; nobody has opened them");
  }

  private static String reading(Incoming mail, Optional<Classified> says) {
    String read = says.map(reply -> "Read as %s, with %d of 100."
            .formatted(reply.kind().word().replace('_', ' '), reply.confidence()))
        .orElse("Not read yet.");
    String because = mail.decision() == null ? "" : " " + mail.decision().because() + ".";
    return read + because + (mail.known() == null ? "" : " " + mail.known() + ".");
  }

  record Input(String leadId, String messageId) {}

  /**
   * @param reading what it was understood as, in a sentence
   * @param name of whom they refer to, or ""
   * @param email theirs, or ""
   */
  record Result(
      Shown lead, Mail mail, String reading, String name, String email, List<Earlier> history) {}

  record Shown(String name, String jobTitle, String company, String email) {}

  record Mail(String from, String subject, String at, String text, String attachments) {}

  record Earlier(String text) {}
}
