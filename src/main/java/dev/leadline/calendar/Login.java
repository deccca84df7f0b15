package dev.leadline.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Access tokens of OAuth 2.0 (RFC 6749), one log-in for all who need the same; a token is used until it ends. */
class Login {

  private static final Duration BEFORE_IT_ENDS = Duration.ofMinutes(1);

  private final Provider provider;
  private final String path;
  private final Map<String, String> form;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Token token;

  /** @param form what is posted to the token endpoint */
  Login(Provider provider, String path, Map<String, String> form, Clock clock) {
    this.provider = provider;
    this.path = path;
    this.form = form;
    this.clock = clock;
  }

  private record Token(String value, Instant ends) {
    @Override
    public String toString() {
      return "Token until " + ends;
    }
  }

  /** A token was refused before its time. */
  static final class Refused extends RuntimeException {
    Refused() {
      super(null, null, false, false);
    }
  }

  /** Calls with a token, and once more with a new one when it is refused. */
  <T> T with(Function<String, T> call) {
    Token now = current(null);
    try {
      return call.apply(now.value());
    } catch (Refused ended) {
      try {
        return call.apply(current(now).value());
      } catch (Refused again) {
        throw new Unavailable(provider.name(), "gives us tokens that are not accepted");
      }
    }
  }

  private Token current(Token refused) {
    Token known = token;
    if (good(known, refused)) return known;
    lock.lock();
    try {
      if (!good(token, refused)) token = provider.ask(request(), this::token);
      return token;
    } finally {
      lock.unlock();
    }
  }

  private boolean good(Token known, Token refused) {
    return known != null && known != refused && clock.instant().isBefore(known.ends());
  }

  private HttpRequest request() {
    String body = form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(provider.address(path))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
        .POST(BodyPublishers.ofString(body)).build();
  }

  private Token token(Reply reply) {
    // invalid_grant, invalid_client: RFC 6749, 5.2
    if (reply.status() == 400 || reply.status() == 401)
      throw new Unavailable(provider.name(), "does not let us log in");
    JsonNode json = reply.ok().json();
    String value = json.path("access_token").asText("");
    if (value.isEmpty()) throw new IllegalArgumentException("no token");
    var lasts = Duration.ofSeconds(json.path("expires_in").asLong(300)).minus(BEFORE_IT_ENDS);
    return new Token(value, clock.instant().plus(lasts));
  }
}
