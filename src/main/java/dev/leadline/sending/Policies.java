package dev.leadline.sending;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** The rows of the three tables of sending that fit a mail. */
@Component
class Policies {

  static final String CONTACT = "contact-policy";
  static final String SEND = "send-policy";
  static final String MAILBOX = "mailbox-policy";

  private final Tables tables;
  private final SendingSettings settings;
  private final OurMailboxes ours;
  private final ObjectMapper json;

  Policies(Tables tables, SendingSettings settings, OurMailboxes ours, ObjectMapper json) {
    this.tables = tables;
    this.settings = settings;
    this.ours = ours;
    this.json = json;
  }

  /**
   * How much a mailbox may send.
   *
   * @param spacing at least between two mails; up to {@code spacingUpTo}, by chance
   */
  record MailboxPolicy(int perDay, int perMinute, Duration spacing, Duration spacingUpTo, String because) {}

  ContactPolicy contact(Kind kind, Recipient recipient) {
    var inputs = new HashMap<String, Object>();
    inputs.put("kind", kind.word());
    inputs.put("consent", recipient.consent());
    inputs.put("country", recipient.country());
    return row(CONTACT, inputs, ContactPolicy.class);
  }

  SendPolicy send(Kind kind, Recipient recipient) {
    var inputs = new HashMap<String, Object>();
    inputs.put("mailbox", mailbox());
    inputs.put("kind", kind.word());
    inputs.put("country", recipient.country());
    inputs.put("tier", recipient.tier());
    return row(SEND, inputs, SendPolicy.class);
  }

  /**
   * How much one of our mailboxes may send.
   *
   * @param id its name in the settings
   * @param age days since its first mail
   */
  MailboxPolicy mailbox(String id, long age) {
    return row(MAILBOX, Map.of("mailbox", mailbox(), "name", id, "age", age), MailboxPolicy.class);
  }

  /** As the tables write it; what one mailbox sends to people by its own server is no play, whatever else runs here. */
  private String mailbox() {
    return settings.sandbox() && !ours.haveServersOfTheirOwn() ? "sandbox" : "real";
  }

  private <T> T row(String decision, Map<String, Object> inputs, Class<T> type) {
    var row = tables.answer(decision, inputs);
    if (row.isEmpty()) throw new UnusableTable("No row of the table " + decision + " fits " + inputs, null);
    try {
      return json.convertValue(row, type);
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()).lines().findFirst().orElse("");
      throw new UnusableTable("The table %s has a row that cannot be used (%s): %s".formatted(decision, row.get("because"), why), e);
    }
  }
}
