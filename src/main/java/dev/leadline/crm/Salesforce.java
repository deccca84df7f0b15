package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Salesforce (developer.salesforce.com): SOQL over the REST API. It logs in by client credentials, or by a refresh
 * token where there is one, and once more when the session has ended.
 *
 * <p>What Leadline writes needs fields of its own, which an administrator makes: on Contact LeadlineId__c (external id,
 * unique), LeadlineSource__c, LeadlineScore__c, LeadlineTier__c, LeadlineStage__c, LeadlineReason__c and LeadlineLink__c,
 * on Account and Task LeadlineId__c (external id, unique), all of them texts.
 */
class Salesforce implements CrmRecords {

  static final String NAME = "salesforce";

  private static final String VERSION = "v61.0";
  private static final int MOST_PAGES = 5;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{15,18}");
  /** 2026-01-20T09:30:00.000+0000 */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "LeadlineId__c";
  private static final Map<Field, String> PERSON = Map.ofEntries(
      Map.entry(Field.ID, OURS), Map.entry(Field.EMAIL, "Email"), Map.entry(Field.FIRST_NAME, "FirstName"),
      Map.entry(Field.LAST_NAME, "LastName"), Map.entry(Field.JOB_TITLE, "Title"), Map.entry(Field.COMPANY, "AccountId"),
      Map.entry(Field.SOURCE, "LeadlineSource__c"), Map.entry(Field.SCORE, "LeadlineScore__c"),
      Map.entry(Field.TIER, "LeadlineTier__c"), Map.entry(Field.STAGE, "LeadlineStage__c"),
      Map.entry(Field.REASON, "LeadlineReason__c"), Map.entry(Field.LINK, "LeadlineLink__c"));
  private static final Map<Field, String> COMPANY = Map.of(Field.ID, OURS, Field.NAME, "Name", Field.DOMAIN, "Website");
  /** 2026-01-20T09:30:00Z, as SOQL has it: without quotation marks. */
  private static final DateTimeFormatter SOQL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

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
    String page = query(soql);
    for (int pages = 0; pages < MOST_PAGES && !page.isEmpty() && found.size() < limit; pages++) {
      JsonNode reply = get(page);
      reply.path("records").forEach(found::add);
      page = next(reply);
    }
    return found.stream().limit(limit).toList();
  }

  /** Every record there is, page by page, so that no more than one page of them is held. */
  private void each(String soql, Consumer<JsonNode> read) {
    for (String page = query(soql); !page.isEmpty(); ) {
      JsonNode reply = get(page);
      reply.path("records").forEach(read);
      page = next(reply);
    }
  }

  private static String query(String soql) {
    return "/services/data/" + VERSION + "/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
  }

  /** Where the next page is; empty after the last one. */
  private static String next(JsonNode reply) {
    if (reply.path("done").asBoolean(true)) return "";
    String next = reply.path("nextRecordsUrl").asText("");
    if (!next.startsWith("/services/data/")) throw new Unavailable(NAME, "answers in a way that makes no sense");
    return next;
  }

  @Override
  public Optional<Entry> find(Kind kind, String ours, String natural) {
    String fields = String.join(", ", new TreeSet<>(names(kind).values()));
    String natively = kind == Kind.PERSON ? "Email = '%s'".formatted(quoted(natural))
        : "Website LIKE '%%%s%%'".formatted(like(natural));
    var found = query("SELECT Id, %s, Owner.Name FROM %s WHERE %s = '%s' OR %s ORDER BY %s NULLS LAST LIMIT 20".formatted(
        fields, object(kind), OURS, quoted(ours), natively, OURS), 20);
    return found.stream().filter(record -> ours.equals(text(record, OURS))).findFirst()
        .or(() -> found.stream()
            .filter(record -> kind == Kind.PERSON
                || Company.domain(record.path("Website").asText()).filter(natural::equals).isPresent())
            .findFirst())
        .map(record -> {
          var values = new EnumMap<Field, String>(Field.class);
          names(kind).forEach((field, name) ->
              Optional.ofNullable(text(record, name)).ifPresent(is -> values.put(field, is)));
          return new Entry(record.path("Id").asText(), values, owner(record));
        });
  }

  /** By an upsert on our own id, so that asking twice makes one record. */
  @Override
  public String create(Kind kind, Map<Field, String> values) {
    return upsert(object(kind), values.get(Field.ID), record(kind, values));
  }

  @Override
  public void update(Kind kind, String id, Map<Field, String> values) {
    var changed = record(kind, values);
    if (values.containsKey(Field.ID)) changed.put(OURS, values.get(Field.ID));
    accepted(call("PATCH", "/services/data/%s/sobjects/%s/%s".formatted(VERSION, object(kind), id(id)), changed));
  }

  @Override
  public void note(String person, Activity activity, boolean again) {
    var task = JSON.createObjectNode()
        .put("WhoId", id(person))
        .put("Subject", activity.subject())
        .put("Description", activity.text() + "\n\n" + activity.evidence())
        .put("ActivityDate", activity.at().atZone(ZoneOffset.UTC).toLocalDate().toString())
        .put("Status", "Completed")
        .put("Type", switch (activity.type()) {
          case EMAIL_SENT, EMAIL_RECEIVED -> "Email";
          case CALL -> "Call";
          case MEETING -> "Meeting";
          case NOTE -> "Other";
        });
    upsert("Task", activity.key(), task);
  }

  /** What we noted first: a task may hang on more than the contact, and would then be left. */
  @Override
  public Optional<String> erase(String ours) {
    var found = query("SELECT Id FROM Contact WHERE %s = '%s'".formatted(OURS, quoted(ours)), 1);
    if (found.isEmpty()) return Optional.empty();
    String person = id(found.getFirst().path("Id").asText());
    query("SELECT Id FROM Task WHERE WhoId = '%s' AND %s != null".formatted(person, OURS), Integer.MAX_VALUE)
        .forEach(task -> delete("Task", id(task.path("Id").asText())));
    delete("Contact", person);
    return Optional.of("erased; Salesforce keeps it in its recycle bin for 15 days");
  }

  private void delete(String object, String id) {
    Reply reply = call("DELETE", "/services/data/%s/sobjects/%s/%s".formatted(VERSION, object, id), null);
    if (reply.status() != 404) accepted(reply);
  }

  /** Owners come with their names. */
  @Override
  public Optional<String> nameOf(String owner) {
    return Optional.of(owner);
  }

  @Override
  public boolean mustBeAsked() {
    return true;
  }

  /** Owner and opt-out of our contacts, and the opportunities of their accounts; a bulk change may be of all of them. */
  @Override
  public void changes(Instant since, Consumer<CrmChange> told) {
    String after = SOQL_TIME.format(since);
    each("SELECT Id, Owner.Name, HasOptedOutOfEmail, LastModifiedDate FROM Contact WHERE %s != null AND LastModifiedDate > %s "
            .formatted(OURS, after) + "ORDER BY LastModifiedDate", contact -> {
      String person = contact.path("Id").asText();
      Instant at = time(contact);
      if (contact.path("HasOptedOutOfEmail").asBoolean())
        told.accept(new CrmChange(person + "-opt-out", person, CrmChange.What.DO_NOT_CONTACT, "true", at));
      if (owner(contact) != null)
        told.accept(new CrmChange(person + "-owner-" + at.toEpochMilli(), person, CrmChange.What.OWNER, owner(contact), at));
    });
    each("SELECT Id, ContactId, IsClosed, IsWon, LastModifiedDate FROM Opportunity WHERE ContactId IN (SELECT Id FROM Contact "
            + "WHERE %s != null) AND LastModifiedDate > %s ORDER BY LastModifiedDate".formatted(OURS, after), deal -> {
      String stage = deal.path("IsWon").asBoolean() ? "won" : deal.path("IsClosed").asBoolean() ? "lost" : "opportunity";
      Instant at = time(deal);
      told.accept(new CrmChange(
          deal.path("Id").asText() + "-" + stage + "-" + at.toEpochMilli(), deal.path("ContactId").asText(),
          CrmChange.What.STAGE, stage, at));
    });
  }

  private static Instant time(JsonNode record) {
    return OffsetDateTime.parse(record.path("LastModifiedDate").asText(), TIME).toInstant();
  }

  private String upsert(String object, String ours, ObjectNode values) {
    String path = "/services/data/%s/sobjects/%s/%s/%s".formatted(
        VERSION, object, OURS, URLEncoder.encode(ours, StandardCharsets.UTF_8).replace("+", "%20"));
    String id = accepted(call("PATCH", path, values)).json().path("id").asText("");
    if (id.isEmpty()) throw new Unavailable(NAME, "answers in a way that makes no sense");
    return id;
  }

  /** Without our own id: in an upsert it stands in the path, and nowhere else. */
  private static ObjectNode record(Kind kind, Map<Field, String> values) {
    var record = JSON.createObjectNode();
    values.forEach((field, value) -> {
      if (field != Field.ID) record.put(names(kind).get(field), value);
    });
    return record;
  }

  private static Map<Field, String> names(Kind kind) {
    return kind == Kind.PERSON ? PERSON : COMPANY;
  }

  private static String object(Kind kind) {
    return kind == Kind.PERSON ? "Contact" : "Account";
  }

  private static Reply accepted(Reply reply) {
    if (Writing.refuses(reply))
      throw new Refused("Salesforce answers with status %d (%s)".formatted(reply.status(), code(reply)));
    return reply;
  }

  private JsonNode get(String path) {
    Reply reply = call("GET", path, null);
    if (Writing.refuses(reply))
      throw new Unavailable(NAME, "answers with status %d (%s)".formatted(reply.status(), code(reply)));
    JsonNode json = reply.json();
    if (!json.path("records").isArray()) throw new Unavailable(NAME, "answers in a way that makes no sense");
    return json;
  }

  private Reply call(String method, String path, JsonNode body) {
    Session now = session == null ? login(null) : session;
    return call(now, method, path, body)
        .or(() -> call(login(now), method, path, body))
        .orElseThrow(() -> new Unavailable(NAME, "ends every session at once"));
  }

  /** Empty when the session has ended. Reading and upserts may be repeated at once, so both are asked. */
  private Optional<Reply> call(Session session, String method, String path, JsonNode body) {
    var request = HttpRequest.newBuilder(URI.create(session.server() + path))
        .header("Authorization", "Bearer " + session.token())
        .header("Accept", "application/json");
    if (body == null) request.method(method, BodyPublishers.noBody());
    else request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
    return salesforce.ask(request.build(), reply -> {
      if (reply.status() == 401 && code(reply).equals("INVALID_SESSION_ID")) return Optional.empty();
      if (reply.status() == 403 && code(reply).equals("REQUEST_LIMIT_EXCEEDED"))
        throw new Unavailable(NAME, "has no requests left for today", Duration.ofHours(1));
      if (Writing.refuses(reply)) return Optional.of(reply);
      if (reply.ok().status() != 204) reply.json();
      return Optional.of(reply);
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
