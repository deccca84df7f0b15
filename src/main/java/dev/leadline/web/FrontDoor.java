package dev.leadline.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where strangers come in: the host of leadline.mail.public-address, unless that is this machine's own name for itself.
 *
 * <p>Leadline has no log-in, so there only what leads, mail services and CRMs need is served. Everything else is reached
 * under other names (leadline.web.hosts), which belong behind a log-in.
 */
@Component
class FrontDoor {

  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern THIS_MACHINE = Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[::1]");
  // No percent signs, semicolons or names that begin with a dot: the path is the one that is served.
  private static final Pattern OPEN = Pattern.compile(
      "/|/thanks|/meet/[\\w-]+(/cancel)?|/unsubscribe/[\\w-]+|/webhooks/(email|email-opened|crm/[a-z]+)"
          + "|/[\\w-]+\\.(css|js|svg)|/webjars(/\\w[\\w.-]*)+");

  private final String name;
  private final List<String> backDoors;

  FrontDoor(
      @Value("${leadline.mail.public-address:http://localhost:8080}") URI address,
      @Value("${leadline.web.hosts:}") List<String> hosts) {
    String host = name(address.getRawAuthority() == null ? "localhost" : address.getRawAuthority());
    this.name = THIS_MACHINE.matcher(host).matches() ? null : host;
    this.backDoors = hosts.stream().map(FrontDoor::name).filter(other -> !other.equals(host)).toList();
  }

  /** Whether there is one: without, everything is served to whoever gets here. */
  boolean exists() {
    return name != null;
  }

  boolean hasName(String host) {
    return exists() && name(host).equals(name);
  }

  /** What came through a proxy came from outside, unless it names one of the hosts that somebody has set up. */
  boolean isUsedBy(HttpServletRequest request) {
    if (!exists()) return false;
    String host = request.getHeader("Host");
    if (host != null && hasName(host)) return true;
    boolean forwarded = Stream.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host")
        .anyMatch(header -> request.getHeader(header) != null);
    return forwarded && (host == null || !backDoors.contains(name(host)));
  }

  boolean opensFor(HttpServletRequest request) {
    return OPEN.matcher(request.getRequestURI()).matches();
  }

  /** A host without its port, in lower case. */
  static String name(String host) {
    return PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
  }
}
