package dev.leadline.deliverability;

import dev.leadline.provider.NameServers;
import dev.leadline.provider.NameServers.NoAnswer;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the domain name system says about a name. */
@Component
class DomainRecords {

  private final NameServers names;

  DomainRecords(NameServers names) {
    this.names = names;
  }

  /** Each record as one text; none when there are none, or no such name. */
  List<String> texts(String name) throws NoAnswer {
    return ask(name, "TXT").stream().map(DomainRecords::joined).toList();
  }

  /** Names of mail servers; a single "." says that the domain takes no mail (RFC 7505). */
  List<String> mailServers(String name) throws NoAnswer {
    return ask(name, "MX").stream().map(record -> record.replaceFirst("^\\d+\\s+", "")).toList();
  }

  private List<String> ask(String name, String type) throws NoAnswer {
    return names.records(name, type).orElse(List.of());
  }

  /** The strings of one record, which the JDK separates by spaces and quotes where they have some, as the one they are. */
  private static String joined(String record) {
    var text = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (c == '\\' && i + 1 < record.length()) text.append(record.charAt(++i));
      else if (c == '"') quoted = !quoted;
      else if (c != ' ' || quoted) text.append(c);
    }
    return text.toString();
  }
}
