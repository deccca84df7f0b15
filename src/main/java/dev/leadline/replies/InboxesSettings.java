package dev.leadline.replies;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where mail to us arrives.
 *
 * @param inbox the one folder that most have
 * @param inboxes more of them, by a short name, when each of our mailboxes has its own
 */
@ConfigurationProperties("leadline.mail")
record InboxesSettings(InboxSettings inbox, Map<String, InboxSettings> inboxes) {

  private static final String FIRST = "inbox";

  /** Those that are read, by name. */
  Map<String, InboxSettings> configured() {
    var all = new LinkedHashMap<String, InboxSettings>();
    if (inbox != null) all.put(FIRST, inbox);
    if (inboxes != null) all.putAll(new TreeMap<>(inboxes));
    all.values().removeIf(one -> !one.configured());
    return all;
  }
}
