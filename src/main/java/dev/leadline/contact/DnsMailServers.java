package dev.leadline.contact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks the domain name system. What it says for sure is remembered for an hour. */
@Component
class DnsMailServers implements MailServers {

  private static final String TRIES = "2";

  private final Hashtable<String, String> environment = new Hashtable<>();
  private final Cache<String, Reception> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  /**
   * @param server for example dns://10.0.0.2:53; empty is what the system uses
   * @param timeout for the first try; the JDK doubles it for the second
   */
  @Autowired
  DnsMailServers(
      @Value("${leadline.contact.dns:}") String server, @Value("${leadline.contact.timeout:2s}") Duration timeout) {
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", Long.toString(timeout.toMillis()));
    environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
    if (!server.isBlank()) environment.put(Context.PROVIDER_URL, server);
  }

  @Override
  public Reception of(String domain) {
    Reception known = recent.getIfPresent(domain);
    if (known != null) return known;
    Reception reception = ask(domain);
    if (reception != Reception.UNKNOWN) recent.put(domain, reception);
    return reception;
  }

  private Reception ask(String domain) {
    try {
      // The dot at the end keeps the resolver from trying the name under our own domain.
      var dns = new InitialDirContext(environment);
      try {
        Attribute servers = attributes(dns, domain, "MX").get("MX");
        if (servers != null && servers.size() > 0) return isNull(servers) ? Reception.TAKES_NONE : Reception.TAKES_MAIL;
        // One by one: for more than one type the JDK asks for ANY, which servers may refuse to answer (RFC 8482).
        boolean address = attributes(dns, domain, "A").size() > 0 || attributes(dns, domain, "AAAA").size() > 0;
        return address ? Reception.TAKES_MAIL : Reception.NOT_THERE;
      } finally {
        dns.close();
      }
    } catch (NameNotFoundException unknown) {
      return Reception.NOT_THERE;
    } catch (NamingException noAnswer) {
      return Reception.UNKNOWN;
    }
  }

  private static Attributes attributes(InitialDirContext dns, String domain, String type) throws NamingException {
    return dns.getAttributes(domain + ".", new String[] {type});
  }

  /** One server, whose name is the root: "0 .". */
  private static boolean isNull(Attribute servers) throws NamingException {
    return servers.size() == 1 && servers.get().toString().matches("\\d+\\s+\\.?");
  }
}
