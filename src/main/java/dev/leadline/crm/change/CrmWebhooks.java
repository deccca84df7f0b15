package dev.leadline.crm.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.crm.CrmChange;
import dev.leadline.crm.CrmChange.What;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.Signature;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where HubSpot and Pipedrive call when a colleague changed something. */
@RestController
@RequestMapping("/webhooks/crm")
class CrmWebhooks {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int LARGEST = 1_000_000;

  private final CallSettings settings;
  private final Changes changes;
  private final Clock clock;

  CrmWebhooks(CallSettings settings, Changes changes, Clock clock) {
    this.settings = settings;
    this.changes = changes;
    this.clock = clock;
  }

  /** How much of a call was news. */
  record Taken(int changes) {}

  /**
   * HubSpot's calls, signed by version 3 (developers.hubspot.com, validating requests): the Base64 of the HMAC-SHA-256
   * of method, address, body and time-stamp, which is in milliseconds and at most five minutes old.
   */
  @PostMapping("/hubspot")
  Taken hubspot(
      @RequestBody(required = false) byte[] body,
      @RequestHeader(name = "X-HubSpot-Signature-v3", defaultValue = "") String signature,
      @RequestHeader(name = "X-HubSpot-Request-Timestamp", defaultValue = "") String timestamp,
      HttpServletRequest request) {
    byte[] whole = small(body);
    String address = settings.calledAt().toString().replaceFirst("/+$", "") + request.getRequestURI()
        + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
    String signed = "POST" + address + new String(whole, StandardCharsets.UTF_8) + timestamp;
    boolean known = settings.hubspotSecrets().stream().anyMatch(secret -> Signature.same(
        Signature.of(secret.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8)), signature));
    if (!known || !isRecent(timestamp)) throw unknownCaller();

    JsonNode events = json(whole);
    if (!events.isArray()) throw new InvalidInput("body", "must be a list of events");
    var told = new ArrayList<CrmChange>();
    for (JsonNode event : events) hubspot(event).ifPresent(told::add);
    return new Taken(changes.receive(told));
  }

  private static Optional<CrmChange> hubspot(JsonNode event) {
    String kind = event.path("subscriptionType").asText();
    String person = event.path("objectId").asText();
    if (person.isEmpty() || !event.path("occurredAt").isIntegralNumber()) return Optional.empty();
    Instant at = Instant.ofEpochMilli(event.path("occurredAt").asLong());
    String id = event.path("eventId").asText() + "-" + event.path("occurredAt").asText();
    if (kind.equals("contact.privacyDeletion"))
      return Optional.of(new CrmChange(id, person, What.DO_NOT_CONTACT, "true", at));
    boolean contact = kind.equals("contact.propertyChange")
        || kind.equals("object.propertyChange") && event.path("objectTypeId").asText().equals("0-1");
    if (!contact) return Optional.empty();
    String value = event.path("propertyValue").asText("");
    return switch (event.path("propertyName").asText()) {
      case "hubspot_owner_id" -> change(id, person, What.OWNER, value, at);
      case "lifecyclestage", "hs_lead_status" -> change(id, person, What.STAGE, value.toLowerCase(Locale.ROOT), at);
      case "hs_email_optout" -> value.equalsIgnoreCase("true")
          ? change(id, person, What.DO_NOT_CONTACT, "true", at) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Pipedrive's calls, webhooks v2, with HTTP basic authentication: that is all Pipedrive offers. */
  @PostMapping("/pipedrive")
  Taken pipedrive(
      @RequestBody(required = false) byte[] body,
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization) {
    byte[] whole = small(body);
    if (settings.pipedriveUser() == null || settings.pipedrivePassword() == null) throw unknownCaller();
    String expected = "Basic " + Base64.getEncoder().encodeToString(
        (settings.pipedriveUser() + ":" + settings.pipedrivePassword()).getBytes(StandardCharsets.UTF_8));
    if (!Signature.same(expected, authorization)) throw unknownCaller();
    JsonNode event = json(whole);
    if (!event.path("meta").path("entity").isTextual()) throw new InvalidInput("meta.entity", "is required");
    return new Taken(changes.receive(pipedrive(event)));
  }

  private static List<CrmChange> pipedrive(JsonNode event) {
    JsonNode meta = event.path("meta");
    JsonNode now = event.path("data");
    JsonNode before = event.path("previous");
    String id = meta.path("id").asText(meta.path("correlation_id").asText());
    Instant at = time(meta.path("timestamp").asText());
    var told = new ArrayList<CrmChange>();
    switch (meta.path("entity").asText()) {
      case "person" -> {
        String person = meta.path("entity_id").asText();
        // previous has what was changed, and nothing else.
        if (before.has("owner_id"))
          change(id + "-owner", person, What.OWNER, now.path("owner_id").asText(), at).ifPresent(told::add);
        if (before.has("marketing_status") && now.path("marketing_status").asText().equals("unsubscribed"))
          told.add(new CrmChange(id + "-opt-out", person, What.DO_NOT_CONTACT, "true", at));
      }
      case "deal" -> {
        String status = now.path("status").asText();
        String stage = status.equals("open") ? "opportunity" : status;
        if (!now.path("person_id").isNull() && (meta.path("action").asText().equals("create") || before.has("status")))
          change(id + "-stage", now.path("person_id").asText(), What.STAGE, stage, at).ifPresent(told::add);
      }
      default -> { }
    }
    return told;
  }

  private static Optional<CrmChange> change(String id, String person, What what, String value, Instant at) {
    boolean usable = !id.isBlank() && !person.isBlank() && !value.isBlank() && value.length() <= 200;
    return usable ? Optional.of(new CrmChange(id, person, what, value, at)) : Optional.empty();
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new InvalidInput("meta.timestamp", "must be a time like 2026-01-20T09:30:00Z");
    }
  }

  private boolean isRecent(String timestamp) {
    if (!timestamp.matches("\\d{10,15}")) return false;
    return Duration.between(Instant.ofEpochMilli(Long.parseLong(timestamp)), clock.instant()).abs().compareTo(WINDOW) <= 0;
  }

  private static byte[] small(byte[] body) {
    if (body == null) throw new InvalidInput("body", "is required");
    if (body.length > LARGEST) throw new InvalidInput(
        HttpStatus.PAYLOAD_TOO_LARGE, List.of(new InvalidInput.Field("body", "is larger than 1 MB")));
    return body;
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

  private static Refused unknownCaller() {
    return new Refused(HttpStatus.UNAUTHORIZED,
        "The signature or password is missing, wrong or too old, or none is configured here");
  }
}
