package dev.leadline.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.web.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a mail service tells about one mail.
 *
 * @param id the same whenever it is told again
 * @param touch id of the touch; null when the mail is named by its Message-ID
 * @param messageId with angle brackets; null when the mail is named by its touch
 * @param aboutUs their server takes no mail from us
 */
record MailEvent(String id, Kind kind, String touch, String messageId, boolean mailboxGone, boolean aboutUs) {

  /** What happened to it. */
  enum Kind {
    DELIVERED,
    OPENED,
    CLICKED,
    BOUNCED,
    COMPLAINED,
    UNSUBSCRIBED
  }

  private static final Map<String, Kind> KINDS = Map.ofEntries(
      Map.entry("delivered", Kind.DELIVERED), Map.entry("delivery", Kind.DELIVERED),
      Map.entry("opened", Kind.OPENED), Map.entry("open", Kind.OPENED),
      Map.entry("clicked", Kind.CLICKED), Map.entry("click", Kind.CLICKED),
      Map.entry("bounced", Kind.BOUNCED), Map.entry("bounce", Kind.BOUNCED),
      Map.entry("complained", Kind.COMPLAINED), Map.entry("complaint", Kind.COMPLAINED),
      Map.entry("unsubscribed", Kind.UNSUBSCRIBED));
  /** RFC 3463: the mailbox, or its domain, is not there. Everything else may pass, or is about us. */
  private static final Set<String> GONE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");
  /** RFC 3463: security or policy, our address, or how we speak. */
  private static final List<String> OURS = List.of("5.7.", "4.7.", "5.1.7", "5.1.8", "5.5.");
  private static final int LONGEST = 1_000;

  /**
   * Reads it.
   *
   * @param at where it stands in the payload, for example "[3]."; for the words about what is wrong with it
   * @param orElse id for an event that has none
   * @return empty when it is of a kind that means nothing to us
   */
  static Optional<MailEvent> of(JsonNode json, String at, String orElse, Kind given) {
    if (!json.isObject()) throw new InvalidInput(at + "body", "must be an event like {type, messageId}");
    Kind kind = given != null ? given : KINDS.get(text(json, at, "type", true).replaceFirst("^email\\.", ""));
    if (kind == null) return Optional.empty();
    JsonNode its = json.path("data").isObject() ? json.path("data") : json;
    String touch = text(its, at, "touch", false);
    String messageId = text(its, at, its.has("message_id") ? "message_id" : "messageId", touch == null);
    String id = text(json, at, "id", false);
    String code = text(its, at, "code", false);
    boolean permanent = its.path("permanent").asBoolean(false);
    return Optional.of(new MailEvent(
        id == null ? orElse : id, kind, touch, bracketed(messageId), code == null ? permanent : GONE.contains(code),
        code != null && OURS.stream().anyMatch(code::startsWith)));
  }

  private static String text(JsonNode json, String at, String field, boolean required) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (required) throw new InvalidInput(at + field, "is required");
      return null;
    }
    if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > LONGEST)
      throw new InvalidInput(at + field, "must be a text of at most %d characters".formatted(LONGEST));
    return value.asText().strip();
  }

  private static String bracketed(String messageId) {
    return messageId == null || messageId.startsWith("<") ? messageId : "<" + messageId + ">";
  }
}
