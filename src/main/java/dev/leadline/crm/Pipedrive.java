package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.lead.PlainText;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Entities;

/**
 * Pipedrive (developers.pipedrive.com): persons, organizations, deals and activities by API v2, notes, users and fields
 * by v1, with the API token of a user. Owners are ids.
 *
 * <p>Pipedrive has no upsert: a record is looked for by our own id before it is made, and all that concerns one lead is
 * written one after the other.
 */
class Pipedrive implements CrmRecords {

  static final String NAME = "pipedrive";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PAGES = 5;
  private static final int LONGEST_NOTE = 2_000;
  /** 2026-01-20 09:30:00, in UTC */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  /** Our own fields by the names that people see; Pipedrive gives each a key of 40 characters. */
  private static final Map<Field, String> OURS = Map.of(
      Field.ID, "Leadline id", Field.SOURCE, "Leadline source", Field.SCORE, "Leadline score",
      Field.TIER, "Leadline tier", Field.STAGE, "Leadline stage", Field.REASON, "Leadline reason",
      Field.LINK, "Leadline link");

  private final Provider pipedrive;
  private final Map<Kind, Map<Field, String>> keys = new ConcurrentHashMap<>();
  private final ReentrantLock preparing = new ReentrantLock();

  Pipedrive(Providers providers) {
    this.pipedrive = providers.named(NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Organizations have no domain of their own; ours is what {@link Field#ID} says. */
  @Override
  public Optional<Account> account(String domain) {
    return search(Kind.COMPANY, domain, "custom_fields").map(found -> new Account(
        found.id(), found.values().get(Field.NAME), domain, null, found.owner(),
        pipedrive.address("/organization/" + found.id()).toString()));
  }

  @Override
  public Optional<Contact> contact(String email) {
    return search(Kind.PERSON, email, "email").map(found -> new Contact(
        found.id(), found.values().get(Field.FIRST_NAME) + " " + found.values().get(Field.LAST_NAME),
        found.values().get(Field.EMAIL), found.values().get(Field.JOB_TITLE), found.values().get(Field.COMPANY), null,
        found.owner()));
  }

  @Override
  public List<Opportunity> openOpportunities(String accountId) {
    return pages("/api/v2/deals?status=open&limit=100&org_id=" + encoded(accountId)).stream()
        .map(deal -> new Opportunity(
            deal.path("id").asText(), text(deal, "title"), text(deal, "stage_id"),
            deal.path("value").isNumber() ? new BigDecimal(deal.path("value").asText()) : null,
            text(deal, "expected_close_date") == null ? null : LocalDate.parse(text(deal, "expected_close_date")),
            text(deal, "owner_id")))
        .sorted(Comparator.comparing(Opportunity::closes, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  @Override
  public List<Note> notes(String accountId, int limit) {
    JsonNode found = get("/api/v1/notes?sort=add_time%20DESC&limit=" + limit + "&org_id=" + encoded(accountId));
    return found.path("data").valueStream().limit(limit).map(note -> new Note(
        note.path("id").asText(), LocalDateTime.parse(note.path("add_time").asText(), TIME).toInstant(ZoneOffset.UTC),
        PlainText.cut(Jsoup.parse(note.path("content").asText("")).text(), LONGEST_NOTE))).toList();
  }

  @Override
  public Optional<Entry> find(Kind kind, String ours, String natural) {
    return search(kind, ours, "custom_fields")
        .or(() -> kind == Kind.PERSON ? search(kind, natural, "email") : Optional.empty());
  }

  /** The search compares in any case and in every custom field, so what it finds is read whole and compared again. */
  private Optional<Entry> search(Kind kind, String term, String fields) {
    JsonNode found = get("/api/v2/%s/search?exact_match=true&limit=10&fields=%s&term=%s".formatted(
        objects(kind), fields, encoded(term)));
    return found.path("data").path("items").valueStream()
        .map(item -> entry(kind, get("/api/v2/" + objects(kind) + "/" + item.path("item").path("id").asText()).path("data")))
        .filter(entry -> term.equalsIgnoreCase(entry.values().get(fields.equals("email") ? Field.EMAIL : Field.ID)))
        .findFirst();
  }

  private Entry entry(Kind kind, JsonNode found) {
    var values = new EnumMap<Field, String>(Field.class);
    keys(kind).forEach((field, key) ->
        Optional.ofNullable(text(found.path("custom_fields"), key)).ifPresent(is -> values.put(field, is)));
    if (kind == Kind.COMPANY) {
      put(values, Field.NAME, text(found, "name"));
    } else {
      put(values, Field.FIRST_NAME, text(found, "first_name"));
      put(values, Field.LAST_NAME, text(found, "last_name"));
      put(values, Field.JOB_TITLE, text(found, "job_title"));
      put(values, Field.COMPANY, text(found, "org_id"));
      put(values, Field.EMAIL, text(found.path("emails").path(0), "value"));
    }
    return new Entry(found.path("id").asText(), values, text(found, "owner_id"));
  }

  private static void put(Map<Field, String> values, Field field, String value) {
    if (value != null) values.put(field, value);
  }

  @Override
  public String create(Kind kind, Map<Field, String> values) {
    String id = write("POST", "/api/v2/" + objects(kind), record(kind, values)).path("data").path("id").asText("");
    if (id.isEmpty()) throw new Unavailable(NAME, "answers in a way that makes no sense");
    return id;
  }

  @Override
  public void update(Kind kind, String id, Map<Field, String> values) {
    write("PATCH", "/api/v2/" + objects(kind) + "/" + encoded(id), record(kind, values));
  }

  private ObjectNode record(Kind kind, Map<Field, String> values) {
    var record = JSON.createObjectNode();
    var own = JSON.createObjectNode();
    values.forEach((field, value) -> {
      String key = keys(kind).get(field);
      if (key != null) own.put(key, value);
    });
    if (kind == Kind.COMPANY) {
      if (values.containsKey(Field.NAME)) record.put("name", values.get(Field.NAME));
    } else {
      String first = values.get(Field.FIRST_NAME);
      String last = values.get(Field.LAST_NAME);
      // Pipedrive splits the whole name by itself.
      if (first != null && last != null) record.put("name", (first + " " + last).strip());
      if (values.containsKey(Field.JOB_TITLE)) record.put("job_title", values.get(Field.JOB_TITLE));
      if (values.containsKey(Field.COMPANY)) record.put("org_id", Long.parseLong(values.get(Field.COMPANY)));
      if (values.containsKey(Field.EMAIL))
        record.putArray("emails").addObject().put("value", values.get(Field.EMAIL)).put("primary", true).put("label", "work");
    }
    if (!own.isEmpty()) record.set("custom_fields", own);
    return record;
  }

  /** As a done activity; looked for before it is made once more. */
  @Override
  public void note(String person, Activity activity, boolean again) {
    String evidence = activity.evidence().toString();
    if (again && pages("/api/v2/activities?limit=100&done=true&person_id=" + encoded(person)).stream()
        .anyMatch(done -> done.path("note").asText("").contains(evidence))) return;
    var done = JSON.createObjectNode()
        .put("subject", activity.subject())
        .put("type", switch (activity.type()) {
          case EMAIL_SENT, EMAIL_RECEIVED -> "email";
          case CALL -> "call";
          case MEETING -> "meeting";
          case NOTE -> "task";
        })
        .put("done", true)
        .put("due_date", activity.at().atZone(ZoneOffset.UTC).toLocalDate().toString())
        .put("due_time", activity.at().atZone(ZoneOffset.UTC).toLocalTime().format(DateTimeFormatter.ofPattern("HH:mm:ss")))
        .put("note", "%s<br><br><a href=\"%s\">%s</a>".formatted(
            Entities.escape(activity.text()).replace("\n", "<br>"), Entities.escape(evidence), Entities.escape(evidence)));
    done.putArray("participants").addObject().put("person_id", Long.parseLong(person)).put("primary", true);
    write("POST", "/api/v2/activities", done);
  }

  /** What we noted first, since Pipedrive leaves activities behind. */
  @Override
  public Optional<String> erase(String ours) {
    return search(Kind.PERSON, ours, "custom_fields").map(person -> {
      String page = person.values().getOrDefault(Field.LINK, "/leads/" + ours);
      pages("/api/v2/activities?limit=100&done=true&person_id=" + encoded(person.id())).stream()
          .filter(done -> done.path("note").asText("").contains(page))
          .forEach(done -> delete("activities", done.path("id").asText()));
      delete("persons", person.id());
      return "erased; Pipedrive deletes it for good after 30 days";
    });
  }

  private void delete(String objects, String id) {
    Reply reply = pipedrive.tell(request("/api/v2/" + objects + "/" + encoded(id)).DELETE().build(), Pipedrive::answer);
    if (reply.status() != 404 && reply.status() != 410) accepted(reply);
  }

  @Override
  public Optional<String> nameOf(String owner) {
    Reply reply = pipedrive.ask(request("/api/v1/users/" + encoded(owner)).GET().build(), Pipedrive::answer);
    return reply.status() == 404 ? Optional.empty()
        : Optional.ofNullable(text(accepted(reply).json().path("data"), "name"));
  }

  /** The keys of our own fields, which are made where they are missing; once while this runs. */
  private Map<Field, String> keys(Kind kind) {
    var known = keys.get(kind);
    if (known != null) return known;
    preparing.lock();
    try {
      known = keys.get(kind);
      if (known != null) return known;
      String fields = kind == Kind.PERSON ? "/api/v1/personFields" : "/api/v1/organizationFields";
      var byName = new HashMap<String, String>();
      get(fields + "?limit=500").path("data")
          .forEach(field -> byName.put(field.path("name").asText(), field.path("key").asText()));
      var found = new EnumMap<Field, String>(Field.class);
      OURS.forEach((field, name) -> {
        if (kind == Kind.COMPANY && field != Field.ID) return;
        found.put(field, byName.containsKey(name) ? byName.get(name)
            : write("POST", fields, JSON.createObjectNode().put("name", name).put("field_type", "varchar"))
                .path("data").path("key").asText());
      });
      keys.put(kind, found);
      return found;
    } finally {
      preparing.unlock();
    }
  }

  private static String objects(Kind kind) {
    return kind == Kind.PERSON ? "persons" : "organizations";
  }

  private List<JsonNode> pages(String path) {
    var found = new ArrayList<JsonNode>();
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode reply = get(path + (cursor.isEmpty() ? "" : "&cursor=" + encoded(cursor)));
      if (!reply.path("data").isArray()) throw new Unavailable(NAME, "answers in a way that makes no sense");
      reply.path("data").forEach(found::add);
      cursor = reply.path("additional_data").path("next_cursor").asText("");
      if (cursor.isEmpty() || cursor.equals("null")) break;
    }
    return found;
  }

  private JsonNode get(String path) {
    return pipedrive.ask(request(path).GET().build(), reply -> {
      outOfRequests(reply);
      JsonNode json = reply.ok().json();
      if (!json.path("success").asBoolean()) throw new IllegalArgumentException("no success");
      return json;
    });
  }

  private JsonNode write(String method, String path, JsonNode body) {
    return accepted(pipedrive.tell(
        request(path).header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString())).build(),
        Pipedrive::answer)).json();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(pipedrive.address(path))
        .header("x-api-token", pipedrive.key())
        .header("Accept", "application/json");
  }

  private static Reply answer(Reply reply) {
    outOfRequests(reply);
    return Writing.refuses(reply) ? reply : reply.ok();
  }

  /** Pipedrive counts tokens by the day: when none are left, its 429 says so in a header. */
  private static void outOfRequests(Reply reply) {
    if (reply.status() == 429 && reply.headers().firstValue("x-daily-ratelimit-token-remaining").filter("0"::equals).isPresent())
      throw new Unavailable(NAME, "has no requests left for today", Duration.ofHours(1));
  }

  private static Reply accepted(Reply reply) {
    if (Writing.refuses(reply))
      throw new Refused("Pipedrive answers with status %d (%s)".formatted(
          reply.status(), reply.error().path("code").asText("no code")));
    return reply;
  }

  private static String text(JsonNode record, String name) {
    JsonNode value = record.path(name);
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
