package dev.leadline.deliverability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What the domain name system says about a name. */
@Component
class DomainRecords {

  private final Hashtable<String, String> environment = new Hashtable<>();

  /**
   * @param server for example dns://10.0.0.2:53; empty is what the system uses
   * @param timeout for the first try; the JDK doubles it for the second
   */
  @Autowired
  DomainRecords(
      @Value("${leadline.contact.dns:}") String server, @Value("${leadline.contact.timeout:2s}") Duration timeout) {
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(timeout.toMillis()));
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    if (!server.isBlank()) environment.put(Context.PROVIDER_URL, server);
  }

  /** No name server answered. */
  static final class NoAnswer extends Exception {}

  /** Each record as one text; none when there are none, or no such name. */
  List<String> texts(String name) throws NoAnswer {
    return ask(name, "TXT").stream().map(DomainRecords::joined).toList();
  }

  /** Names of mail servers; a single "." says that the domain takes no mail (RFC 7505). */
  List<String> mailServers(String name) throws NoAnswer {
    return ask(name, "MX").stream().map(record -> record.replaceFirst("^\\d+\\s+", "")).toList();
  }

  private List<String> ask(String name, String type) throws NoAnswer {
    try {
      // The dot at the end keeps the resolver from trying the name under our own domain.
      var dns = new InitialDirContext(environment);
      try {
        Attribute found = dns.getAttributes(name + ".", new String[] {type}).get(type);
        var records = new ArrayList<String>();
        if (found != null) for (Object record : Collections.list(found.getAll())) records.add(record.toString());
        return records;
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException unknown) {
      return List.of();
    } catch (NamingException e) {
      throw new NoAnswer();
    }
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
