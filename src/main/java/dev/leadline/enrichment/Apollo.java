package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Recorded;
import dev.leadline.provider.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Apollo (docs.apollo.io): people match, organisation enrichment, people search.
 *
 * <p>A match is "person" or "organization" in the reply; without one they are missing or null, or the status is 422.
 */
@Component
class Apollo implements Directory, PeopleSearch {

  static final String NAME = "apollo";

  /** Found by the exact domain or address; less when the address was not theirs. */
  private static final int BY_DOMAIN = 80;
  private static final int BY_ADDRESS = 85;
  private static final int BY_NAME = 60;
  private static final int MOST_PER_PAGE = 100;
  private static final int MOST_TECHNOLOGIES = 12;

  private final Provider apollo;
  private final Clock clock;

  Apollo(Providers providers, Clock clock) {
    this.apollo = providers.named(NAME);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean covers(String domain) {
    return apollo.on() && !Recorded.knows(domain);
  }

  @Override
  public List<Finding> company(String domain) {
    var query = UriComponentsBuilder.newInstance().queryParam("domain", "{d}");
    return apollo.ask(request("/api/v1/organizations/enrich", query, domain).GET().build(), reply -> {
      JsonNode found = match(reply, "organization");
      return found == null ? List.of() : company(found);
    });
  }

  private List<Finding> company(JsonNode of) {
    var said = new Said(NAME, LocalDate.now(clock), BY_DOMAIN)
        .add(Field.INDUSTRY, of.path("industry"))
        .add(Field.LOCATION, Said.list(of.path("city"), of.path("state"), of.path("country")))
        .add(Field.DESCRIPTION, of.path("short_description"))
        .add(Field.FOUNDED, of.path("founded_year"))
        .add(Field.REVENUE, of.path("annual_revenue_printed"));
    if (of.path("estimated_num_employees").asInt() > 0)
      said.add(Field.SIZE, of.path("estimated_num_employees").asInt() + " employees");
    var technologies = StreamSupport.stream(of.path("technology_names").spliterator(), false)
        .limit(MOST_TECHNOLOGIES).toArray(JsonNode[]::new);
    return said.add(Field.TECHNOLOGIES, Said.list(technologies)).findings();
  }

  @Override
  public List<Finding> person(Person person) {
    var query = UriComponentsBuilder.newInstance().queryParam("email", "{e}").queryParam("name", "{n}")
        .queryParam("domain", "{d}").queryParam("reveal_personal_emails", "false");
    var request = request("/api/v1/people/match", query, person.email(), text(person.name()), text(person.domain()))
        .POST(BodyPublishers.noBody()).build();
    return apollo.ask(request, reply -> {
      JsonNode found = match(reply, "person");
      if (found == null) return List.of();
      boolean same = person.email().equalsIgnoreCase(found.path("email").asText());
      return new Said(NAME, LocalDate.now(clock), same ? BY_ADDRESS : BY_NAME)
          .add(Field.JOB_TITLE, found.path("title"))
          .add(Field.SENIORITY, found.path("seniority"))
          .add(Field.PROFILE, found.path("linkedin_url"))
          .findings();
    });
  }

  /** Page by page, until there are enough or no more. */
  @Override
  public List<Colleague> people(String domain, List<String> jobTitles, int limit) {
    var found = new ArrayList<Colleague>();
    int perPage = Math.min(limit, MOST_PER_PAGE);
    for (int page = 1; found.size() < limit; page++) {
      var query = UriComponentsBuilder.newInstance()
          .queryParam("q_organization_domains_list[]", "{d}").queryParam("page", page).queryParam("per_page", perPage);
      for (int i = 0; i < jobTitles.size(); i++) query.queryParam("person_titles[]", "{t" + i + "}");
      var values = new ArrayList<Object>(List.of(domain));
      values.addAll(jobTitles);
      var request = request("/api/v1/mixed_people/api_search", query, values.toArray())
          .POST(BodyPublishers.noBody()).build();
      JsonNode people = apollo.ask(request, reply -> reply.ok().json().path("people"));
      for (JsonNode one : people) found.add(colleague(one));
      if (people.size() < perPage) break;
    }
    return found.stream().limit(limit).toList();
  }

  private static Colleague colleague(JsonNode one) {
    String last = one.path(one.hasNonNull("last_name") ? "last_name" : "last_name_obfuscated").asText();
    String name = (one.path("first_name").asText() + " " + last).strip();
    return new Colleague(one.path("id").asText(), name, Said.text(one.path("title")), NAME);
  }

  /** Null when nobody matched. */
  private static JsonNode match(Reply reply, String what) {
    if (reply.status() == 422 || reply.status() == 404) return null;
    JsonNode found = reply.ok().json().path(what);
    return found.isObject() ? found : null;
  }

  private HttpRequest.Builder request(String path, UriComponentsBuilder query, Object... values) {
    return request(apollo, path, query, values);
  }

  static HttpRequest.Builder request(Provider apollo, String path, UriComponentsBuilder query, Object... values) {
    return HttpRequest.newBuilder(apollo.address(path + query.encode().buildAndExpand(values).toUriString()))
        .header("x-api-key", apollo.key())
        .header("Accept", "application/json")
        .header("Cache-Control", "no-cache");
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
