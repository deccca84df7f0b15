package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.lead.Company;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Salesforce (developer.salesforce.com): SOQL over the REST API. It logs in by client credentials, or by a refresh
 * token where there is one, and once more when the session has ended.
 */
class Salesforce implements Crm {

  static final String NAME = "salesforce";

  private static final String VERSION = "v61.0";
  private static final int MOST_PAGES = 5;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15,18}");
  /** 2026-01-20T09:30:00.000+0000 */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");

  private final Provider salesforce;
  private final ReentrantLock login = new ReentrantLock();
  private volatile Session session;

  Salesforce(Providers providers) {
    this.salesforce = providers.named(NAME);
  }

  private record Session(String token, String server) {
    @Override
    public String toString() {
      return "Session[" + server + "]";
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The website of an account is free text, so what contains the domain is compared by its host. */
  @Override
  public Optional<Account> account(String domain) {
    return query("SELECT Id, Name, Website, Industry, Owner.Name FROM Account WHERE Website LIKE '%%%s%%' LIMIT 20"
            .formatted(like(domain)), 20).stream()
        .filter(account -> Company.domain(account.path("Website").asText()).filter(domain::equals).isPresent())
        .findFirst()
        .map(account -> new Account(
            account.path("Id").asText(), text(account, "Name"), domain, text(account, "Industry"), owner(account),
            server() + "/" + account.path("Id").asText()));
  }

  @Override
  public Optional<Contact> contact(String email) {
    return query("SELECT Id, Name, Email, Title, AccountId, Owner.Name FROM Contact WHERE Email = '%s' LIMIT 1"
            .formatted(quoted(email)), 1).stream()
        .findFirst()
        .map(contact -> new Contact(
            contact.path("Id").asText(), text(contact, "Name"), text(contact, "Email"), text(contact, "Title"),
            text(contact, "AccountId"), null, owner(contact)));
  }

  @Override
  public List<Opportunity> openOpportunities(String accountId) {
    return query("SELECT Id, Name, StageName, Amount, CloseDate, Owner.Name FROM Opportunity WHERE AccountId = '%s' "
            .formatted(id(accountId)) + "AND IsClosed = false ORDER BY CloseDate", Integer.MAX_VALUE).stream()
        .map(deal -> new Opportunity(
            deal.path("Id").asText(), text(deal, "Name"), text(deal, "StageName"),
            deal.path("Amount").isNumber() ? deal.path("Amount").decimalValue() : null,
            text(deal, "CloseDate") == null ? null : LocalDate.parse(text(deal, "CloseDate")), owner(deal)))
        .toList();
  }

  /** Enhanced notes hang on files that are linked to the account; their text is the preview of 255 characters. */
  @Override
  public List<Note> notes(String accountId, int limit) {
    String ids = query("SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '%s' "
            .formatted(id(accountId)) + "AND ContentDocument.FileType = 'SNOTE'", 200).stream()
        .map(link -> "'" + id(link.path("ContentDocumentId").asText()) + "'")
        .collect(Collectors.joining(", "));
    if (ids.isEmpty()) return List.of();
    return query("SELECT Id, Title, TextPreview, LastModifiedDate FROM ContentNote WHERE Id IN (%s) "
            .formatted(ids) + "ORDER BY LastModifiedDate DESC LIMIT " + limit, limit).stream()
        .map(note -> new Note(
            note.path("Id").asText(), OffsetDateTime.parse(note.path("LastModifiedDate").asText(), TIME).toInstant(),
            (note.path("Title").asText("") + ": " + note.path("TextPreview").asText("")).strip()))
        .toList();
  }

  private List<JsonNode> query(String soql, int limit) {
    var found = new ArrayList<JsonNode>();
    String path = "/services/data/" + VERSION + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode reply = get(path);
      reply.path("records").forEach(found::add);
      path = reply.path("nextRecordsUrl").asText("");
      if (reply.path("done").asBoolean(true) || found.size() >= limit || !path.startsWith("/services/data/")) break;
    }
    return found.stream().limit(limit).toList();
  }

  private JsonNode get(String path) {
    Session now = session == null ? login(null) : session;
    return get(now, path)
        .or(() -> get(login(now), path))
        .orElseThrow(() -> new Unavailable(NAME, "ends every session at once"));
  }

  /** Empty when the session has ended. */
  private Optional<JsonNode> get(Session session, String path) {
    var request = HttpRequest.newBuilder(URI.create(session.server() + path))
        .header("Authorization", "Bearer " + session.token())
        .header("Accept", "application/json")
        .GET().build();
    return salesforce.ask(request, reply -> {
      if (reply.status() == 401 && code(reply).equals("INVALID_SESSION_ID")) return Optional.empty();
      if (reply.status() == 403 && code(reply).equals("REQUEST_LIMIT_EXCEEDED"))
        throw new Unavailable(NAME, "has no requests left for today", Duration.ofHours(1));
      JsonNode json = reply.ok().json();
      if (!json.path("records").isArray()) throw new IllegalArgumentException("no records");
      return Optional.of(json);
    });
  }

  /** One log-in for all who found the same session ended. */
  private Session login(Session ended) {
    login.lock();
    try {
      if (session != null && session != ended) return session;
      session = salesforce.ask(loginRequest(), this::session);
      return session;
    } finally {
      login.unlock();
    }
  }

  private HttpRequest loginRequest() {
    boolean refresh = salesforce.refreshToken() != null && !salesforce.refreshToken().isBlank();
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", refresh ? "refresh_token" : "client_credentials");
    form.put("client_id", salesforce.id());
    form.put("client_secret", salesforce.key());
    if (refresh) form.put("refresh_token", salesforce.refreshToken());
    return HttpRequest.newBuilder(salesforce.address("/services/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofString(form(form)))
        .build();
  }

  private Session session(Reply reply) {
    if (reply.status() == 400) throw new Unavailable(NAME, "does not let us log in");
    JsonNode json = reply.ok().json();
    String token = json.path("access_token").asText("");
    String server = json.path("instance_url").asText("").replaceFirst("/+$", "");
    // The token goes where the log-in says, but never in the open, and never elsewhere than to Salesforce.
    boolean trusted = server.matches("https://[A-Za-z0-9.-]+\\.(salesforce|force)\\.com")
        || salesforce.address("").toString().equals(server);
    if (token.isEmpty() || !trusted) throw new IllegalArgumentException("no session");
    return new Session(token, server);
  }

  private String server() {
    return session.server();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(
            field.getValue() == null ? "" : field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}] */
  private static String code(Reply reply) {
    return reply.error().path(0).path("errorCode").asText();
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }

  private static String like(String text) {
    return quoted(text).replace("%", "\\%").replace("_", "\\_");
  }

  private static String id(String id) {
    if (!ID.matcher(id).matches()) throw new IllegalArgumentException("no Salesforce id");
    return id;
  }

  private static String owner(JsonNode record) {
    return text(record.path("Owner"), "Name");
  }

  private static String text(JsonNode record, String name) {
    return record.path(name).isTextual() && !record.path(name).asText().isBlank() ? record.path(name).asText() : null;
  }
}
