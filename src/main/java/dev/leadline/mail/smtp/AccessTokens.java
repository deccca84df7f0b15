package dev.leadline.mail.smtp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Tokens for mailboxes without passwords (XOAUTH2), fetched from their providers and used until shortly before they end.
 */
@Component
public class AccessTokens {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  /** A token that ends within this time is not begun with. */
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final long USUAL_LIFE = 3600;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<OAuth, Kept> tokens = new ConcurrentHashMap<>();
  private final Clock clock;

  public AccessTokens(Clock clock) {
    this.clock = clock;
  }

  private static final class Kept {
    private final ReentrantLock asking = new ReentrantLock();
    private String token;
    private Instant until = Instant.MIN;
  }

  /** The provider gave no token; the message says why, without any secret. */
  public static class NoToken extends Exception {
    NoToken(String message) {
      super(message);
    }
  }

  /** A token that is good now; whoever comes while one is fetched waits for that one. */
  public String get(OAuth oauth) throws NoToken {
    Kept kept = tokens.computeIfAbsent(oauth, fresh -> new Kept());
    kept.asking.lock();
    try {
      if (clock.instant().isBefore(kept.until)) return kept.token;
      JsonNode answer = ask(oauth);
      kept.token = answer.path("access_token").asText();
      kept.until = clock.instant().plusSeconds(answer.path("expires_in").asLong(USUAL_LIFE)).minus(MARGIN);
      return kept.token;
    } finally {
      kept.asking.unlock();
    }
  }

  /** A mail server did not take this token; the next one asked for is a new one. */
  public void refused(OAuth oauth, String token) {
    Kept kept = tokens.computeIfAbsent(oauth, fresh -> new Kept());
    kept.asking.lock();
    try {
      if (token.equals(kept.token)) kept.until = Instant.MIN;
    } finally {
      kept.asking.unlock();
    }
  }

  private JsonNode ask(OAuth oauth) throws NoToken {
    var request = HttpRequest.newBuilder(oauth.tokenUrl())
        .timeout(TIMEOUT)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofString(form(oauth)))
        .build();
    String host = oauth.tokenUrl().getHost();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      JsonNode answer = read(response.body());
      if (response.statusCode() == 200 && !answer.path("access_token").asText("").isBlank()) return answer;
      throw new NoToken("%s gave no token for the mailbox: %d %s"
          .formatted(host, response.statusCode(), answer.path("error").asText("").replaceAll("[^a-z_]", "")));
    } catch (IOException e) {
      throw new NoToken(host + " gives no token for the mailbox: it is away");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoToken("interrupted");
    }
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (IOException noJson) {
      return json.createObjectNode();
    }
  }

  private static String form(OAuth oauth) {
    var fields = new LinkedHashMap<String, String>();
    boolean refresh = oauth.refreshToken() != null && !oauth.refreshToken().isBlank();
    fields.put("grant_type", refresh ? "refresh_token" : "client_credentials");
    fields.put("client_id", oauth.clientId());
    if (oauth.clientSecret() != null) fields.put("client_secret", oauth.clientSecret());
    if (refresh) fields.put("refresh_token", oauth.refreshToken());
    if (oauth.scope() != null) fields.put("scope", oauth.scope());
    return fields.entrySet().stream()
        .filter(field -> field.getValue() != null)
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
