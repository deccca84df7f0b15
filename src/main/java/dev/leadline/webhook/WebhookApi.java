package dev.leadline.webhook;

import dev.leadline.provider.PublicAddress;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.timeline.Happenings;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Webhooks", description = "Who is told what happens to leads: n8n and others, by calls signed after "
    + "Standard Webhooks")
class WebhookApi {

  private static final int MOST = 50;
  private static final int LONGEST_URL = 2_000;

  private final Subscribers subscribers;
  private final Announcements announcements;
  private final Relay relay;
  private final Post post;
  private final WebhookSettings settings;
  private final Clock clock;

  WebhookApi(
      Subscribers subscribers, Announcements announcements, @Qualifier("webhookRelay") Relay relay, Post post,
      WebhookSettings settings, Clock clock) {
    this.subscribers = subscribers;
    this.announcements = announcements;
    this.relay = relay;
    this.post = post;
    this.settings = settings;
    this.clock = clock;
  }

  /** Who wants to be told what. */
  record Wish(
      @Schema(example = "https://n8n.our.example/webhook/4711", requiredMode = Schema.RequiredMode.REQUIRED) String url,
      @ArraySchema(schema = @Schema(example = "reply.received"),
          arraySchema = @Schema(description = "Names of events, or * for all")) List<String> events) {}

  /** What changes; what is missing stays. */
  record Change(List<String> events, Boolean on) {}

  /** @param off why it is switched off; null when it is on */
  record View(String id, URI url, List<String> events, boolean on, String off, int failures, Instant createdAt) {

    static View of(Subscription subscription) {
      return new View(
          subscription.id(), subscription.url(), subscription.events(), subscription.on(), subscription.off(),
          subscription.failures(), subscription.createdAt());
    }
  }

  /** With the secret, which is said only here. */
  record Made(String id, URI url, List<String> events, String secret) {

    static Made of(Subscription subscription) {
      return new Made(subscription.id(), subscription.url(), subscription.events(), subscription.secret());
    }
  }

  record Views(List<View> items) {}

  record Events(List<String> items) {}

  /** One call to one subscriber. */
  record Delivery(
      String id, String subscription, String event, String leadId, State state, int attempts, Instant at, Instant due,
      String because) {

    static Delivery of(Parcel parcel) {
      return new Delivery(
          parcel.id(), parcel.content().get("subscription"), parcel.what(), parcel.leadId(), parcel.state(),
          parcel.attempts(), parcel.at(), parcel.due(), parcel.because());
    }
  }

  /** One page of them. */
  record Found(List<Delivery> items, int page, int size) {}

  /** @param id of one delivery that was given up; missing for all of them */
  record Again(String id) {}

  /** How many are sent again. */
  record Sent(int replayed) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Subscribe", description = "The answer has the secret that signs the calls; it is said only here.")
  @ApiResponse(responseCode = "201", description = "Subscribed")
  ResponseEntity<Made> add(@RequestBody Wish wish) {
    var made = Made.of(subscribe(wish));
    return ResponseEntity.created(URI.create("/api/v1/webhooks/" + made.id())).body(made);
  }

  Subscription subscribe(Wish wish) {
    var errors = new ArrayList<InvalidInput.Field>();
    URI url = url(wish.url(), errors);
    List<String> events = wish.events() == null ? List.of(Subscription.ALL) : wish.events();
    check(events, errors);
    if (errors.isEmpty() && subscribers.all().size() >= MOST)
      errors.add(new InvalidInput.Field("url", "is one too many: there are %d subscriptions".formatted(MOST)));
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    return subscribers.add(new Subscription(
        UUID.randomUUID().toString(), null, url, events.stream().distinct().toList(), Seal.newSecret(), null, null, 0,
        null, clock.instant()));
  }

  @GetMapping
  @Operation(summary = "Who is subscribed to what")
  Views all() {
    return new Views(subscribers.all().stream().map(View::of).toList());
  }

  @GetMapping("/events")
  @Operation(summary = "The events there are")
  Events events() {
    return new Events(Happenings.events());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One subscription")
  View one(@PathVariable String id) {
    return View.of(found(subscribers.find(id)));
  }

  @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Change what is told, or switch it off and on")
  View change(@PathVariable String id, @RequestBody Change change) {
    var errors = new ArrayList<InvalidInput.Field>();
    if (change.events() != null) check(change.events(), errors);
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    return View.of(found(subscribers.change(id, known -> {
      var changed = change.events() == null ? known : known.withEvents(change.events());
      if (change.on() == null) return changed;
      return change.on() ? changed.switchedOn() : changed.switchedOff("Switched off by hand");
    })));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Unsubscribe")
  void remove(@PathVariable String id) {
    found(subscribers.find(id));
    subscribers.remove(id);
  }

  @PostMapping("/{id}/secret")
  @Operation(summary = "Make another secret", description = "Both sign for 24 hours.")
  Made rotate(@PathVariable String id) {
    String next = Seal.newSecret();
    return Made.of(found(subscribers.change(id, known -> known.withSecret(next, clock.instant()))));
  }

  @PostMapping("/{id}/test")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Send a call of the type webhook.test")
  void test(@PathVariable String id) {
    announcements.test(found(subscribers.find(id)), clock.instant());
  }

  @GetMapping("/deliveries")
  @Operation(summary = "Calls that were made, wait or were given up, newest first")
  Found deliveries(
      @RequestParam(required = false) State state,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    return new Found(relay.list(state, window.page(), window.size()).stream().map(Delivery::of).toList(), page, size);
  }

  @PostMapping(path = "/replays", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Make calls again that were given up")
  Sent replay(@RequestBody Again again) {
    return new Sent(replay(Optional.ofNullable(again.id())));
  }

  int replay(Optional<String> id) {
    if (id.isEmpty()) return relay.replayAll(Optional.empty());
    if (!relay.replay(id.get())) throw new InvalidInput("id", "is not the id of a delivery that was given up");
    return 1;
  }

  private URI url(String text, List<InvalidInput.Field> errors) {
    String wrong = null;
    URI url = null;
    if (text == null || text.isBlank()) wrong = "is required";
    else if (text.length() > LONGEST_URL) wrong = "must have at most %d characters".formatted(LONGEST_URL);
    else {
      url = parsed(text.strip());
      if (url == null || url.getHost() == null || url.getUserInfo() != null) wrong = "must be a plain web address";
      else if (!"https".equals(url.getScheme()) && !(settings.privateAddresses() && "http".equals(url.getScheme())))
        wrong = "must begin with https://";
      else wrong = reachable(url.getHost());
    }
    if (wrong != null) errors.add(new InvalidInput.Field("url", wrong));
    return url;
  }

  private static URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Looked at now for a clear answer; what counts is looked at again with every call. */
  private String reachable(String host) {
    try {
      post.addresses(host);
      return null;
    } catch (PublicAddress.NotPublic e) {
      return "must be reachable from the internet; leadline.webhook.private-addresses allows others";
    } catch (UnknownHostException e) {
      return "has a host name that is not known";
    }
  }

  private static void check(List<String> events, List<InvalidInput.Field> errors) {
    var known = Happenings.events();
    if (events.isEmpty()) errors.add(new InvalidInput.Field("events", "must name at least one event, or *"));
    for (String event : events)
      if (event == null || !event.equals(Subscription.ALL) && !known.contains(event)) {
        errors.add(new InvalidInput.Field("events", "must be among * and " + known));
        return;
      }
  }

  private static Subscription found(Optional<Subscription> subscription) {
    return subscription.orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no subscription with this id"));
  }
}
