package dev.leadline.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * Who looks at a page, as they said once: kept in a cookie and used as assignee of tasks. There is no login.
 *
 * @param name never blank, no longer than 80 characters, without control characters
 */
public record Viewer(String name) {

  private static final String COOKIE = "leadline-person";
  private static final int LONGEST = 80;

  /** The viewer of this name, or nobody when nothing readable is in it. */
  static Optional<Viewer> named(String name) {
    var plain = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip().replaceAll("\\s+", " ");
    var end = plain.offsetByCodePoints(0, Math.min(LONGEST, plain.codePointCount(0, plain.length())));
    return plain.isEmpty() ? Optional.empty() : Optional.of(new Viewer(plain.substring(0, end)));
  }

  /** Who sent this request, if they ever said. */
  public static Optional<Viewer> of(HttpServletRequest request) {
    return Arrays.stream(Optional.ofNullable(request.getCookies()).orElse(new Cookie[0]))
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .findFirst()
        .flatMap(cookie -> decoded(cookie.getValue()))
        .flatMap(Viewer::named);
  }

  static ResponseCookie cookie(Optional<Viewer> viewer) {
    var value = viewer.map(Viewer::name).map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8)).orElse("");
    return ResponseCookie.from(COOKIE, value)
        .path("/")
        .httpOnly(true)
        .sameSite("Lax")
        .maxAge(viewer.isPresent() ? Duration.ofDays(400) : Duration.ZERO)
        .build();
  }

  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
