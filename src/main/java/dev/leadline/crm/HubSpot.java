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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Entities;

/**
 * HubSpot (developers.hubspot.com): objects, their search and properties, v3, with the token of a private app that may
 * read companies, contacts, deals, notes and owners, write contacts, companies and their properties, and delete contacts
 * for good. Owners are ids.
 */
class HubSpot implements CrmRecords {

  static final String NAME = "hubspot";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PER_PAGE = 100;
  private static final int MOST_PAGES = 5;
  private static final int LONGEST_NOTE = 2_000;

  private static final Map<Field, String> PERSON = Map.ofEntries(
      Map.entry(Field.ID, "leadline_id"), Map.entry(Field.EMAIL, "email"), Map.entry(Field.FIRST_NAME, "firstname"),
      Map.entry(Field.LAST_NAME, "lastname"), Map.entry(Field.JOB_TITLE, "jobtitle"),
      Map.entry(Field.COMPANY, "associatedcompanyid"), Map.entry(Field.SOURCE, "leadline_source"),
      Map.entry(Field.SCORE, "leadline_score"), Map.entry(Field.TIER, "leadline_tier"),
      Map.entry(Field.STAGE, "leadline_stage"), Map.entry(Field.REASON, "leadline_reason"),
      Map.entry(Field.LINK, "leadline_link"));
  private static final Map<Field, String> COMPANY =
      Map.of(Field.ID, "leadline_id", Field.NAME, "name", Field.DOMAIN, "domain");
  /** Associations that HubSpot defines: of an e-mail, and of a note, to a contact. */
  private static final Map<String, Integer> TO_CONTACT = Map.of("emails", 198, "notes", 202);

  private final Set<Kind> prepared = EnumSet.noneOf(Kind.class);
  private final ReentrantLock preparing = new ReentrantLock();
  private final Provider hubspot;

  HubSpot(Providers providers) {
    this.hubspot = providers.named(NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Account> account(String domain) {
    var query = query(List.of("name", "domain", "industry", "hubspot_owner_id"), filter("domain", domain));
    return search("companies", query, 1).stream().findFirst().map(company -> {
      JsonNode its = company.path("properties");
      return new Account(
          company.path("id").asText(), text(its, "name"), text(its, "domain"), text(its, "industry"),
          text(its, "hubspot_owner_id"), null);
    });
  }

  @Override
  public Optional<Contact> contact(String email) {
    // HubSpot keeps addresses in lower case, and compares exactly.
    var query = query(
        List.of(
            "firstname", "lastname", "email", "jobtitle", "associatedcompanyid", "lifecyclestage", "hubspot_owner_id"),
        filter("email", email.toLowerCase(Locale.ROOT)));
    return search("contacts", query, 1).stream().findFirst().map(contact -> {
      JsonNode its = contact.path("properties");
      String name = Stream.of(text(its, "firstname"), text(its, "lastname")).filter(Objects::nonNull)
          .collect(Collectors.joining(" "));
      return new Contact(
          contact.path("id").asText(), name, text(its, "email"), text(its, "jobtitle"),
          text(its, "associatedcompanyid"), text(its, "lifecyclestage"), text(its, "hubspot_owner_id"));
    });
  }

  @Override
  public List<Opportunity> openOpportunities(String accountId) {
    var query = sorted(
        query(List.of("dealname", "dealstage", "amount", "closedate", "hubspot_owner_id"),
            filter("associations.company", accountId), filter("hs_is_closed", "false")),
        "closedate", "ASCENDING");
    return search("deals", query, PER_PAGE * MOST_PAGES).stream().map(deal -> {
      JsonNode its = deal.path("properties");
      return new Opportunity(
          deal.path("id").asText(), text(its, "dealname"), text(its, "dealstage"), amount(text(its, "amount")),
          date(text(its, "closedate")), text(its, "hubspot_owner_id"));
    }).toList();
  }

  @Override
  public List<Note> notes(String accountId, int limit) {
    var query = sorted(
        query(List.of("hs_note_body", "hs_timestamp"), filter("associations.company", accountId)),
        "hs_timestamp", "DESCENDING");
    return search("notes", query, limit).stream().map(note -> {
      JsonNode its = note.path("properties");
      String body = Jsoup.parse(its.path("hs_note_body").asText("")).text();
      return new Note(note.path("id").asText(), Instant.parse(its.path("hs_timestamp").asText()), PlainText.cut(body, LONGEST_NOTE));
    }).toList();
  }

  @Override
  public Optional<Entry> find(Kind kind, String ours, String natural) {
    prepare(kind);
    return read(kind, ours, "leadline_id").or(() -> switch (kind) {
      case PERSON -> read(kind, natural.toLowerCase(Locale.ROOT), "email");
      // A domain is not unique in HubSpot, so no company can be read by it.
      case COMPANY -> search("companies", query(List.copyOf(COMPANY.values()), filter("domain", natural)), 1).stream()
          .findFirst().map(company -> entry(kind, company));
    });
  }

  private Optional<Entry> read(Kind kind, String id, String idProperty) {
    String properties = Stream.concat(names(kind).values().stream(), Stream.of("hubspot_owner_id"))
        .collect(Collectors.joining(","));
    var request = request("/crm/v3/objects/%s/%s?idProperty=%s&properties=%s".formatted(
        objects(kind), encoded(id), idProperty, properties)).GET().build();
    Reply reply = hubspot.ask(request, HubSpot::answer);
    return reply.status() == 404 ? Optional.empty() : Optional.of(entry(kind, accepted(reply).json()));
  }

  private static Entry entry(Kind kind, JsonNode found) {
    JsonNode its = found.path("properties");
    var values = new EnumMap<Field, String>(Field.class);
    names(kind).forEach((field, name) -> Optional.ofNullable(text(its, name)).ifPresent(is -> values.put(field, is)));
    return new Entry(found.path("id").asText(), values, text(its, "hubspot_owner_id"));
  }

  /** By an upsert on our own id, so that asking twice makes one record. */
  @Override
  public String create(Kind kind, Map<Field, String> values) {
    prepare(kind);
    var input = JSON.createObjectNode().put("id", values.get(Field.ID)).put("idProperty", "leadline_id");
    input.set("properties", properties(kind, values));
    var upsert = JSON.createObjectNode();
    upsert.putArray("inputs").add(input);
    JsonNode answer = accepted(write("POST", "/crm/v3/objects/" + objects(kind) + "/batch/upsert", upsert)).json();
    String id = answer.at("/results/0/id").asText("");
    // 207: the one input has errors; whoever has the same address is found when it is tried again.
    if (id.isEmpty() && answer.at("/errors/0/category").asText().equals("CONFLICT"))
      throw new Unavailable(NAME, "got to know this record while we wrote it");
    if (id.isEmpty()) throw new Refused("HubSpot refuses the record: " + answer.at("/errors/0/category").asText("no reason"));
    belongs(kind, id, values);
    return id;
  }

  @Override
  public void update(Kind kind, String id, Map<Field, String> values) {
    prepare(kind);
    ObjectNode properties = properties(kind, values);
    if (!properties.isEmpty()) {
      var patch = JSON.createObjectNode();
      patch.set("properties", properties);
      accepted(write("PATCH", "/crm/v3/objects/" + objects(kind) + "/" + encoded(id), patch));
    }
    belongs(kind, id, values);
  }

  private void belongs(Kind kind, String id, Map<Field, String> values) {
    if (kind == Kind.PERSON && values.containsKey(Field.COMPANY))
      accepted(write("PUT", "/crm/v4/objects/contacts/%s/associations/default/companies/%s".formatted(
          encoded(id), encoded(values.get(Field.COMPANY))), JSON.createArrayNode()));
  }

  @Override
  public void note(String person, Activity activity, boolean again) {
    boolean mail = activity.type() == Activity.Type.EMAIL_SENT || activity.type() == Activity.Type.EMAIL_RECEIVED;
    String objects = mail ? "emails" : "notes";
    String evidence = activity.evidence() + "";
    String body = mail ? "hs_email_text" : "hs_note_body";
    if (again && isNoted(objects, body, person, activity)) return;
    var note = JSON.createObjectNode();
    var properties = note.putObject("properties").put("hs_timestamp", activity.at().toString());
    if (mail) {
      properties.put("hs_email_direction", activity.type() == Activity.Type.EMAIL_SENT ? "EMAIL" : "INCOMING_EMAIL")
          .put("hs_email_status", "SENT").put("hs_email_subject", activity.subject())
          .put(body, activity.text() + "\n\n" + evidence);
    } else {
      properties.put(body, "<p>%s</p><p>%s</p><p><a href=\"%s\">%s</a></p>".formatted(
          escaped(activity.subject()), escaped(activity.text()), escaped(evidence), escaped(evidence)));
    }
    var association = note.putArray("associations").addObject();
    association.putObject("to").put("id", person);
    association.putArray("types").addObject()
        .put("associationCategory", "HUBSPOT_DEFINED").put("associationTypeId", TO_CONTACT.get(objects));
    accepted(write("POST", "/crm/v3/objects/" + objects, note));
  }

  /** For good, with all that hangs on them. By HubSpot's id: an address it does not know would be blocked for ever. */
  @Override
  public Optional<String> erase(String ours) {
    prepare(Kind.PERSON);
    return read(Kind.PERSON, ours, "leadline_id").map(person -> {
      accepted(write("POST", "/crm/v3/objects/contacts/gdpr-delete", JSON.createObjectNode().put("objectId", person.id())));
      return "erased for good";
    });
  }

  private boolean isNoted(String objects, String body, String person, Activity activity) {
    var query = query(
        List.of(body), filter("associations.contact", person),
        filter("hs_timestamp", String.valueOf(activity.at().toEpochMilli())));
    return search(objects, query, PER_PAGE).stream()
        .anyMatch(note -> note.path("properties").path(body).asText("").contains(activity.evidence().toString()));
  }

  @Override
  public Optional<String> nameOf(String owner) {
    Reply reply = hubspot.ask(request("/crm/v3/owners/" + encoded(owner)).GET().build(), HubSpot::answer);
    if (reply.status() == 404) return Optional.empty();
    JsonNode found = accepted(reply).json();
    return Optional.of((found.path("firstName").asText("") + " " + found.path("lastName").asText("")).strip())
        .filter(name -> !name.isEmpty());
  }

  /** Makes the properties that are Leadline's own where they are missing; once while this runs. */
  private void prepare(Kind kind) {
    preparing.lock();
    try {
      if (prepared.contains(kind)) return;
      JsonNode known = accepted(
          hubspot.ask(request("/crm/v3/properties/" + objects(kind)).GET().build(), HubSpot::answer)).json();
      Set<String> there = known.path("results").valueStream().map(one -> one.path("name").asText())
          .collect(Collectors.toSet());
      for (String name : names(kind).values()) {
        if (!name.startsWith("leadline_") || there.contains(name)) continue;
        var property = JSON.createObjectNode()
            .put("name", name)
            .put("label", "Leadline " + name.substring("leadline_".length()))
            .put("type", "string").put("fieldType", "text")
            .put("groupName", kind == Kind.PERSON ? "contactinformation" : "companyinformation")
            .put("hasUniqueValue", name.equals("leadline_id"));
        accepted(write("POST", "/crm/v3/properties/" + objects(kind), property));
      }
      prepared.add(kind);
    } finally {
      preparing.unlock();
    }
  }

  private static ObjectNode properties(Kind kind, Map<Field, String> values) {
    var properties = JSON.createObjectNode();
    values.forEach((field, value) -> {
      if (field != Field.COMPANY) properties.put(names(kind).get(field), value);
    });
    return properties;
  }

  private static Map<Field, String> names(Kind kind) {
    return kind == Kind.PERSON ? PERSON : COMPANY;
  }

  private static String objects(Kind kind) {
    return kind == Kind.PERSON ? "contacts" : "companies";
  }

  private Reply write(String method, String path, JsonNode body) {
    return hubspot.tell(
        request(path).header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.toString())).build(),
        HubSpot::answer);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(hubspot.address(path))
        .header("Authorization", "Bearer " + hubspot.key())
        .header("Accept", "application/json");
  }

  /** A refusal is an answer as well: it is no fault of the server, and no reason to leave it alone. */
  private static Reply answer(Reply reply) {
    outOfRequests(reply);
    return Writing.refuses(reply) ? reply : reply.ok();
  }

  private static Reply accepted(Reply reply) {
    if (Writing.refuses(reply))
      throw new Refused("HubSpot answers with status %d (%s)".formatted(
          reply.status(), reply.error().path("category").asText("no category")));
    return reply;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String escaped(String text) {
    return Entities.escape(text).replace("\"", "&quot;").replace("\n", "<br>");
  }

  /** Page by page. */
  private List<JsonNode> search(String objects, ObjectNode query, int limit) {
    var found = new ArrayList<JsonNode>();
    query.put("limit", Math.min(limit, PER_PAGE));
    for (int page = 0; page < MOST_PAGES; page++) {
      var request = request("/crm/v3/objects/" + objects + "/search")
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(query.toString()))
          .build();
      JsonNode reply = hubspot.ask(request, HubSpot::results);
      reply.path("results").forEach(found::add);
      String after = reply.path("paging").path("next").path("after").asText("");
      if (after.isEmpty() || found.size() >= limit) break;
      query.put("after", after);
    }
    return found.stream().limit(limit).toList();
  }

  private static void outOfRequests(Reply reply) {
    if (reply.status() == 429 && reply.error().path("policyName").asText().equals("DAILY"))
      throw new Unavailable(NAME, "has no requests left for today", Duration.ofHours(1));
  }

  private static JsonNode results(Reply reply) {
    outOfRequests(reply);
    JsonNode json = reply.ok().json();
    if (!json.path("results").isArray()) throw new IllegalArgumentException("no results");
    return json;
  }

  private static ObjectNode query(List<String> properties, ObjectNode... filters) {
    var query = JSON.createObjectNode();
    var group = query.putArray("filterGroups").addObject().putArray("filters");
    for (ObjectNode filter : filters) group.add(filter);
    var wanted = query.putArray("properties");
    properties.forEach(wanted::add);
    return query;
  }

  private static ObjectNode filter(String property, String value) {
    return JSON.createObjectNode().put("propertyName", property).put("operator", "EQ").put("value", value);
  }

  private static ObjectNode sorted(ObjectNode query, String property, String direction) {
    query.putArray("sorts").addObject().put("propertyName", property).put("direction", direction);
    return query;
  }

  private static String text(JsonNode properties, String name) {
    String text = properties.path(name).asText("");
    return text.isBlank() || properties.path(name).isNull() ? null : text;
  }

  private static BigDecimal amount(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  /** 2026-06-30T00:00:00Z, or milliseconds. */
  private static LocalDate date(String text) {
    if (text == null) return null;
    Instant at = text.matches("\\d+") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
