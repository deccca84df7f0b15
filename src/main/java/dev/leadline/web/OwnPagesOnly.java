package dev.leadline.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what a foreign web site makes a browser send here, and what is not for strangers at the {@link FrontDoor}.
 *
 * <p>Host: only localhost, plain IP addresses, the front door and the names in leadline.web.hosts, so that no foreign
 * name can be bound to this address. Changes: only from pages of this very origin; programs that are no browsers send no
 * origin.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class OwnPagesOnly extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final FrontDoor door;
  private final List<String> hosts;

  OwnPagesOnly(FrontDoor door, @Value("${leadline.web.hosts:}") List<String> hosts) {
    this.door = door;
    this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    protect(response);
    if (!known(request.getHeader(HttpHeaders.HOST))) {
      refuse(response, HttpStatus.BAD_REQUEST, "This host name is not served here; see leadline.web.hosts.");
    } else if (!READING.contains(request.getMethod()) && foreign(request)) {
      refuse(response, HttpStatus.FORBIDDEN, "A page of another site may not change anything here.");
    } else if (door.isUsedBy(request) && !door.opensFor(request)) {
      refuse(response, HttpStatus.NOT_FOUND, "There is nothing here.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean known(String host) {
    if (host == null) return true;
    var name = FrontDoor.name(host);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || ADDRESS.matcher(name).matches()
        || door.hasName(host)
        || hosts.contains(name);
  }

  private static boolean foreign(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) return !site.equals("same-origin") && !site.equals("none");
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !sameHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  private static boolean sameHost(String origin, String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  private static void protect(HttpServletResponse response) {
    // Diagrams and forms of bpmn.io set styles in their markup; scripts and everything else come from files here.
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static void refuse(HttpServletResponse response, HttpStatus status, String reason) throws IOException {
    response.setStatus(status.value());
    response.setContentType("application/problem+json");
    response
        .getWriter()
        .write(
            "{\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(status.getReasonPhrase(), status.value(), reason));
  }
}
