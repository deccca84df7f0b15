package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;

/**
 * HubSpot (developers.hubspot.com): the CRM search of objects, v3, with the token of a private app that may read
 * companies, contacts, deals and notes. Owners are ids.
 */
class HubSpot implements Crm {

  static final String NAME = "hubspot";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PER_PAGE = 100;
  private static final int MOST_PAGES = 5;
  private static final int LONGEST_NOTE = 2_000;

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
      return new Note(note.path("id").asText(), Instant.parse(its.path("hs_timestamp").asText()), cut(body));
    }).toList();
  }

  /** Page by page. */
  private List<JsonNode> search(String objects, ObjectNode query, int limit) {
    var found = new ArrayList<JsonNode>();
    query.put("limit", Math.min(limit, PER_PAGE));
    for (int page = 0; page < MOST_PAGES; page++) {
      var request = HttpRequest.newBuilder(hubspot.address("/crm/v3/objects/" + objects + "/search"))
          .header("Authorization", "Bearer " + hubspot.key())
          .header("Content-Type", "application/json")
          .header("Accept", "application/json")
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

  private static JsonNode results(Reply reply) {
    if (reply.status() == 429 && reply.error().path("policyName").asText().equals("DAILY"))
      throw new Unavailable(NAME, "has no requests left for today", Duration.ofHours(1));
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

  private static String cut(String text) {
    return text.length() <= LONGEST_NOTE ? text : text.substring(0, LONGEST_NOTE - 1) + "…";
  }
}
