package dev.leadline.contact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.leadline.agent.BeginsAnew;
import dev.leadline.provider.NameServers;
import dev.leadline.provider.NameServers.NoAnswer;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Asks the domain name system. What it says for sure is remembered for an hour. */
@Component
class DnsMailServers implements MailServers, BeginsAnew {

  private final NameServers names;
  private final Cache<String, Reception> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofHours(1)).build();

  DnsMailServers(NameServers names) {
    this.names = names;
  }

  @Override
  public Reception of(String domain) {
    Reception known = recent.getIfPresent(domain);
    if (known != null) return known;
    Reception reception = ask(domain);
    if (reception != Reception.UNKNOWN) recent.put(domain, reception);
    return reception;
  }

  @Override
  public String step() {
    return ValidateContact.STEP;
  }

  @Override
  public void beginAnew() {
    recent.invalidateAll();
  }

  private Reception ask(String domain) {
    try {
      var servers = names.records(domain, "MX");
      if (servers.isEmpty()) return Reception.NOT_THERE;
      if (!servers.get().isEmpty()) return isNull(servers.get()) ? Reception.TAKES_NONE : Reception.TAKES_MAIL;
      return has(domain, "A") || has(domain, "AAAA") ? Reception.TAKES_MAIL : Reception.NOT_THERE;
    } catch (NoAnswer unknown) {
      return Reception.UNKNOWN;
    }
  }

  private boolean has(String domain, String type) throws NoAnswer {
    return !names.records(domain, type).orElse(List.of()).isEmpty();
  }

  /** One server, whose name is the root: "0 .". */
  private static boolean isNull(List<String> servers) {
    return servers.size() == 1 && servers.getFirst().matches("\\d+\\s+\\.?");
  }
}
