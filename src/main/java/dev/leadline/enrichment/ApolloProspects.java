package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Apollo (docs.apollo.io): People API Search, which names nobody and costs nothing, then Bulk People Enrichment, which
 * costs a credit for everybody found. The search needs a master key.
 */
class ApolloProspects implements ProspectSearch {

  /** Apollo shows 50,000 records of a search. */
  private static final int LAST_RECORD = 50_000;
  private static final int MOST_AT_ONCE = 10;
  private static final int LARGEST_COMPANY = 10_000_000;
  private static final String VERIFIED = "verified";
  /** Stands where an address was not unlocked. */
  private static final String LOCKED = "email_not_unlocked@";

  private final Provider apollo;

  ApolloProspects(Providers providers) {
    this.apollo = providers.named(Apollo.NAME);
  }

  @Override
  public String name() {
    return Apollo.NAME;
  }

  @Override
  public String words() {
    return "Apollo";
  }

  @Override
  public BigDecimal price() {
    return apollo.price();
  }

  @Override
  public List<Candidate> find(Audience audience, int page, int size) {
    if ((long) page * size > LAST_RECORD) return List.of();
    var query = UriComponentsBuilder.newInstance().queryParam("page", page).queryParam("per_page", size);
    var values = new ArrayList<String>();
    audience.jobTitles().forEach(title -> add(query, values, "person_titles[]", title));
    audience.locations().forEach(location -> add(query, values, "person_locations[]", location));
    if (audience.fromEmployees() != null || audience.toEmployees() != null) {
      add(query, values, "organization_num_employees_ranges[]", "%d,%d".formatted(
          audience.fromEmployees() == null ? 1 : audience.fromEmployees(),
          audience.toEmployees() == null ? LARGEST_COMPANY : audience.toEmployees()));
    }
    var request = Apollo.request(apollo, "/api/v1/mixed_people/api_search", query, values.toArray())
        .POST(BodyPublishers.noBody()).build();
    JsonNode people = apollo.ask(request, reply -> reply.ok().json().path("people"));
    return StreamSupport.stream(people.spliterator(), false)
        .filter(one -> !one.path("id").asText().isBlank())
        .map(one -> new Candidate(one.path("id").asText(), one.path("has_email").asBoolean(true)))
        .toList();
  }

  private static void add(UriComponentsBuilder query, List<String> values, String name, String value) {
    query.queryParam(name, "{v" + values.size() + "}");
    values.add(value);
  }

  @Override
  public Map<String, Person> reveal(List<String> ids) {
    var found = new LinkedHashMap<String, Person>();
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE)
      found.putAll(match(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE))));
    return found;
  }

  /** Answers stand in the order of the questions, null for whom Apollo does not know. */
  private Map<String, Person> match(List<String> ids) {
    var asked = JsonNodeFactory.instance.objectNode();
    ids.forEach(id -> asked.withArray("details").addObject().put("id", id));
    var query = UriComponentsBuilder.newInstance().queryParam("reveal_personal_emails", "false");
    var request = Apollo.request(apollo, "/api/v1/people/bulk_match", query)
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(asked.toString())).build();
    JsonNode matches = apollo.ask(request, reply -> reply.ok().json().path("matches"));
    var found = new LinkedHashMap<String, Person>();
    for (int i = 0; i < Math.min(ids.size(), matches.size()); i++)
      if (matches.get(i).isObject()) found.put(ids.get(i), person(matches.get(i)));
    return found;
  }

  private static Person person(JsonNode one) {
    JsonNode company = one.path("organization");
    String email = Said.text(one.path("email"));
    boolean locked = email != null && email.startsWith(LOCKED);
    return new Person(
        Said.text(one.path("name")), locked ? null : email,
        !locked && VERIFIED.equals(one.path("email_status").asText()), Said.text(one.path("title")),
        Said.text(company.path("name")), Said.text(company.path("website_url")),
        Said.list(one.path("city"), one.path("state"), one.path("country")));
  }
}
