package dev.leadline.mail;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.approval.Content;
import dev.leadline.mail.Touch.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** All touches, and who may send which: every step is one atomic change of one document. */
@Component
public class Touches {

  private static final FindAndModifyOptions AFTER = FindAndModifyOptions.options().returnNew(true);

  private final String me = UUID.randomUUID().toString();
  private final MongoTemplate mongo;
  private final Clock clock;
  private final Duration lease;
  private final boolean alone;

  Touches(
      MongoTemplate mongo,
      Clock clock,
      MailSettings settings,
      @Value("${leadline.embedded.mongo.running:false}") boolean alone) {
    this.mongo = mongo;
    this.clock = clock;
    this.lease = settings.lease();
    this.alone = alone;
  }

  public Optional<Touch> find(String id) {
    return Optional.ofNullable(mongo.findById(id, Touch.class));
  }

  /** The touch whose token stands in an address of ours, as {@link dev.leadline.mail.message.TouchTokens} reads it. */
  public Optional<Touch> ofToken(String token) {
    return Optional.ofNullable(mongo.findOne(query(where("token").is(token)), Touch.class));
  }

  /** The touch that went out under one of these Message-IDs, angle brackets included; the last one counts. */
  public Optional<Touch> ofMessage(List<String> messageIds) {
    if (messageIds.isEmpty()) return Optional.empty();
    var found = mongo.find(query(where("messageId").in(messageIds)), Touch.class);
    return found.stream().max(Comparator.comparing(touch -> messageIds.indexOf(touch.messageId())));
  }

  /** What went out to a lead, in order. */
  public List<Touch> sentTo(String leadId) {
    return mongo.find(
        query(where("leadId").is(leadId).and("state").is(State.SENT)).with(Sort.by("sentAt")), Touch.class);
  }

  /** The touch as it stands, new if this is the first time it is asked for. */
  Touch prepare(Content content, String draftId, String address, String token) {
    String id = Touch.id(content.leadId(), content.campaign(), content.number());
    var known = find(id);
    if (known.isPresent()) return known.get();
    try {
      return mongo.insert(
          new Touch(
              id, content.leadId(), content.campaign(), content.number(), draftId, State.PREPARED, address, null, null,
              null, null, null, null, token));
    } catch (DuplicateKeyException faster) {
      return find(id).orElseThrow();
    }
  }

  /** Takes a touch that nobody sends, to send it now; empty if somebody was faster. */
  Optional<Touch> claim(
      Touch touch, String draftId, String address, String contentHash, String messageId, String mailbox) {
    return change(
        where("id").is(touch.id()).and("state").in(State.PREPARED, State.REFUSED),
        held()
            .set("state", State.SENDING)
            .set("draftId", draftId)
            .set("address", address)
            .set("contentHash", contentHash)
            .set("messageId", messageId)
            .set("mailbox", mailbox));
  }

  /** Takes a touch whose sender is gone, to find out what became of it; empty if its sender may still be at it. */
  Optional<Touch> takeOver(Touch touch) {
    if (!waitFor(touch).isZero()) return Optional.empty();
    return change(
        where("id").is(touch.id()).and("state").is(State.SENDING)
            .and("holder").is(touch.holder()).and("heldUntil").is(touch.heldUntil()),
        held());
  }

  /** How long its sender may still need. */
  Duration waitFor(Touch touch) {
    // An embedded database has one application only: what another one held, died with it.
    if (alone && !me.equals(touch.holder())) return Duration.ZERO;
    var left = Duration.between(clock.instant(), touch.heldUntil());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The mail server has it. */
  Touch sent(Touch touch) {
    return change(where("id").is(touch.id()), new Update().set("state", State.SENT).set("sentAt", clock.instant()))
        .orElseThrow();
  }

  /** Nothing went out, and it may be tried again. */
  Touch notSent(Touch touch, State state) {
    return change(where("id").is(touch.id()).and("holder").is(me), new Update().set("state", state)).orElse(touch);
  }

  /** Nobody is at it any more, and it stays in doubt. */
  void letGo(Touch touch) {
    change(where("id").is(touch.id()).and("holder").is(me), new Update().set("heldUntil", clock.instant()));
  }

  /** How many mails of a mailbox servers have taken since. */
  public long sentSince(String mailbox, Instant since) {
    return mongo.count(query(where("mailbox").is(mailbox).and("state").is(State.SENT).and("sentAt").gte(since)), Touch.class);
  }

  /** How many are refused for good; {@code heldUntil} is within the lease of when that was. */
  public long refusedSince(String mailbox, Instant since) {
    return mongo.count(
        query(where("mailbox").is(mailbox).and("state").is(State.REFUSED).and("heldUntil").gte(since)), Touch.class);
  }

  /** When each mail of a mailbox was taken since, in no order. */
  public List<Instant> times(String mailbox, Instant since) {
    var which = query(where("mailbox").is(mailbox).and("sentAt").gte(since));
    which.fields().include("sentAt");
    return mongo.find(which, org.bson.Document.class, "touches").stream()
        .map(touch -> touch.getDate("sentAt").toInstant())
        .toList();
  }

  private Update held() {
    return new Update().set("holder", me).set("heldUntil", clock.instant().plus(lease));
  }

  private Optional<Touch> change(Criteria which, Update update) {
    return Optional.ofNullable(mongo.findAndModify(query(which), update, AFTER, Touch.class));
  }
}
