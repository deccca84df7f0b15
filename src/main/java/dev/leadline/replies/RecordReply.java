package dev.leadline.replies;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.leadline.contact.MailboxKind;
import dev.leadline.contact.Mailboxes;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.reading.ReplyClass;
import dev.leadline.replies.Incoming.Decision;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.sending.Holds;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Acts: writes down what a reply was understood as and what the table made of it, and slows down its company. */
@Component
public class RecordReply {

  private static final String STEP = "record-reply";
  /** What nobody opens again by writing. */
  private static final Set<Stage> OVER = Set.of(Stage.SUPPRESSED, Stage.CLOSED);

  private final IncomingMails mails;
  private final Leads leads;
  private final Holds holds;
  private final Mailboxes mailboxes;
  private final Timeline timeline;
  private final Clock clock;

  RecordReply(
      IncomingMails mails, Leads leads, Holds holds, Mailboxes mailboxes, Timeline timeline, Clock clock) {
    this.mails = mails;
    this.leads = leads;
    this.holds = holds;
    this.mailboxes = mailboxes;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result record(@VariablesAsType Input input) {
    var mail = mails.get(input.messageId());
    var handling = input.handling();
    var reply = input.reply();
    mails.decided(mail.id(), new Decision(
        reply.kind().word(), reply.confidence(), reply.source(), reply.until(), handling.action(), handling.because()));
    timeline.record(
        mail.id() + ":routed", input.leadId(), STEP, Actor.TABLE, "reply-routing",
        "What follows from the reply: " + handling.action().replace('-', ' '), List.of(handling.because()));
    Lead lead = leads.get(input.leadId());
    if (mail.kind() == Kind.PERSON) {
      lead = leads.change(lead.id(), now -> OVER.contains(now.stage()) ? now : now.withStage(Stage.ANSWERED));
      if (handling.companyDays() > 0) slow(lead, handling.companyDays());
    }
    return new Result(new Score(lead.score(), lead.tier() == null ? null : lead.tier().name()));
  }

  /** Their colleagues hear of it; whoever uses a mail service of everybody has none there. */
  private void slow(Lead lead, int days) {
    EmailAddress.of(lead.address())
        .filter(address -> mailboxes.kindOf(address) != MailboxKind.PRIVATE)
        .ifPresent(address -> holds.hold(
            Mailboxes.domainOf(address), clock.instant().plus(Duration.ofDays(days)),
            "somebody of their company has answered", STEP));
  }

  record Input(String leadId, String messageId, Understood reply, Handling handling) {}

  /** What classify-reply gives. */
  record Understood(@JsonProperty("class") ReplyClass kind, int confidence, LocalDate until, String source) {}

  /** What the table reply-routing gives. */
  record Handling(String action, int companyDays, String because) {}

  record Result(Score score) {}

  /** As the tables know it. */
  record Score(Integer points, String tier) {}
}
