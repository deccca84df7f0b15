package dev.leadline.webhook;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.mail.CalledSpam;
import dev.leadline.mail.CameBack;
import dev.leadline.mail.Touch;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where mail services tell what became of our mails.
 *
 * <p>That a mail was opened or a link in it followed is noted and decides nothing: mail programs and scanners do both by
 * themselves. A mailbox that is gone and a complaint suppress the address and count for our mailbox, as they
 * do when they come by mail.
 */
@RestController
class MailEvents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 1_000_000;
  private static final int MOST = 1_000;

  private final WebhookSettings settings;
  private final MongoOperations mongo;
  private final Suppress suppress;
  private final ApplicationEventPublisher events;
  private final Timeline timeline;
  private final Clock clock;

  MailEvents(
      WebhookSettings settings, MongoOperations mongo, Suppress suppress, ApplicationEventPublisher events, Timeline timeline,
      Clock clock) {
    this.settings = settings;
    this.mongo = mongo;
    this.suppress = suppress;
    this.events = events;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** An event that was taken, so that it counts once. */
  @Document("webhook_events")
  record Taken(@Id String id, @Indexed(expireAfter = "30d") Instant at) {}

  /** @param ignored told before, about a mail that is not ours, or of a kind that means nothing to us */
  record Outcome(int taken, int ignored) {}

  @PostMapping("/webhooks/email")
  Outcome email(@RequestBody(required = false) byte[] body, HttpServletRequest request) {
    return take(body, request, null);
  }

  @PostMapping("/webhooks/email-opened")
  Outcome opened(@RequestBody(required = false) byte[] body, HttpServletRequest request) {
    return take(body, request, MailEvent.Kind.OPENED);
  }

  private Outcome take(byte[] body, HttpServletRequest request, MailEvent.Kind kind) {
    if (body == null) throw new InvalidInput("body", "is required");
    if (body.length > LARGEST) throw new InvalidInput(
        HttpStatus.PAYLOAD_TOO_LARGE, List.of(new InvalidInput.Field("body", "is larger than 1 MB")));
    String id = header(request, "id");
    boolean good = Seal.isGood(
        settings.secrets(), settings.window(), clock.instant(), id, header(request, "timestamp"),
        header(request, "signature"), new String(body, StandardCharsets.UTF_8));
    if (!good) throw new Refused(HttpStatus.UNAUTHORIZED,
        "The signature is missing, wrong or too old, or no secret is configured here");

    // All of it is read before any of it counts: a payload is taken whole or not at all.
    var events = events(json(body), id, kind);
    int taken = (int) events.stream().flatMap(Optional::stream).filter(this::take).count();
    return new Outcome(taken, events.size() - taken);
  }

  /** The names of Standard Webhooks, or those of Svix that some services still use. */
  private static String header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader("webhook-" + name))
        .or(() -> Optional.ofNullable(request.getHeader("svix-" + name))).orElse("");
  }

  private static List<Optional<MailEvent>> events(JsonNode json, String id, MailEvent.Kind kind) {
    if (!json.isArray()) return List.of(MailEvent.of(json, "", id, kind));
    if (json.size() > MOST) throw new InvalidInput("body", "must have at most %d events".formatted(MOST));
    var events = new ArrayList<Optional<MailEvent>>();
    for (int i = 0; i < json.size(); i++)
      events.add(MailEvent.of(json.get(i), "[%d].".formatted(i), id + "/" + i, kind));
    return events;
  }

  private boolean take(MailEvent event) {
    if (mongo.exists(query(where("_id").is(event.id())), Taken.class)) return false;
    var touch = touch(event);
    if (touch.isEmpty()) return false;
    note(event, touch.get());
    mongo.save(new Taken(event.id(), clock.instant()));
    return true;
  }

  private Optional<Touch> touch(MailEvent event) {
    return Optional.ofNullable(event.touch() != null
        ? mongo.findById(event.touch(), Touch.class)
        : mongo.findOne(query(where("messageId").is(event.messageId())), Touch.class));
  }

  private void note(MailEvent event, Touch touch) {
    switch (event.kind()) {
      case DELIVERED -> note(event, touch, "E-mail %d arrived at their mail server");
      case OPENED -> note(event, touch, "E-mail %d was opened, by them or by a program");
      case CLICKED -> note(event, touch, "A link in e-mail %d was followed, by them or by a program");
      case BOUNCED -> {
        note(event, touch, event.mailboxGone()
            ? "E-mail %d did not arrive: there is no such mailbox" : "E-mail %d did not arrive");
        if (event.mailboxGone()) suppress.address(touch.address(), Reason.BOUNCED, "mail service");
        if (event.mailboxGone() || event.aboutUs()) events.publishEvent(new CameBack(touch));
      }
      case COMPLAINED -> {
        note(event, touch, "They called e-mail %d spam");
        suppress.address(touch.address(), Reason.COMPLAINED, "mail service");
        events.publishEvent(new CalledSpam(touch));
      }
      case UNSUBSCRIBED -> suppress.address(touch.address(), Reason.UNSUBSCRIBED, "mail service");
    }
  }

  /** Once for each mail and kind: a mail may be opened a hundred times. */
  private void note(MailEvent event, Touch touch, String words) {
    String step = "mail-" + event.kind().name().toLowerCase(Locale.ROOT);
    boolean weak = event.kind() == MailEvent.Kind.OPENED || event.kind() == MailEvent.Kind.CLICKED;
    timeline.record(
        touch.id() + ":" + step, touch.leadId(), step, Actor.SYSTEM, "mail service", words.formatted(touch.number()),
        weak ? List.of("A weak sign: it decides nothing.") : List.of());
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isContainerNode()) return json;
    } catch (IOException notJson) {
      // Said below.
    }
    throw new InvalidInput("body", "is not JSON");
  }
}
