package dev.leadline.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The domain name system, asked within a time limit. */
@Component
public class NameServers {

  private static final String TRIES = "2";

  private final Hashtable<String, String> environment = new Hashtable<>();

  /**
   * @param server for example dns://10.0.0.2:53; empty is what the system uses
   * @param timeout for the first try; the JDK doubles it for the second
   */
  public NameServers(
      @Value("${leadline.contact.dns:}") String server, @Value("${leadline.contact.timeout:2s}") Duration timeout) {
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(timeout.toMillis()));
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    if (!server.isBlank()) environment.put(Context.PROVIDER_URL, server);
  }

  /** No name server answered. */
  public static final class NoAnswer extends Exception {
    private NoAnswer() {
      super("No name server answered", null, false, false);
    }
  }

  /**
   * @param type one, as MX: for more than one the JDK asks for ANY, which servers may refuse to answer (RFC 8482)
   * @return each record as one text, none when the name has none; empty when there is no such name
   */
  public Optional<List<String>> records(String name, String type) throws NoAnswer {
    try {
      // The dot at the end keeps the resolver from trying the name under our own domain.
      var dns = new InitialDirContext(environment);
      try {
        Attribute found = dns.getAttributes(name + ".", new String[] {type}).get(type);
        var records = new ArrayList<String>();
        if (found != null) for (Object record : Collections.list(found.getAll())) records.add(record.toString());
        return Optional.of(records);
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException unknown) {
      return Optional.empty();
    } catch (NamingException e) {
      throw new NoAnswer();
    }
  }
}
