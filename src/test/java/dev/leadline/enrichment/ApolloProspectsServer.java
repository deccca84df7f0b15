package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Apollo's People API Search and Bulk People Enrichment, in the shape of their documentation, about invented people. */
public final class ApolloProspectsServer implements AutoCloseable {

  public final ProviderServer server = new ProviderServer().usually(this::answer);
  private final int people;
  private final UnaryOperator<String> domain;

  /** @param domain of the company of the person with this id */
  public ApolloProspectsServer(int people, UnaryOperator<String> domain) {
    this.people = people;
    this.domain = domain;
  }

  /** The real adapter, at this server; an address costs 0.10. */
  public ProspectSearch search() {
    return new ApolloProspects(server.providers(Clock.systemUTC(), Apollo.NAME));
  }

  /** How many addresses were asked for. */
  public long revealed() {
    return server.asked.stream().filter(asked -> asked.path().endsWith("bulk_match"))
        .mapToLong(asked -> json(asked.body()).path("details").size()).sum();
  }

  private Answer answer(Asked asked) {
    if (!"the-secret-key".equals(asked.header("x-api-key"))) return new Answer(401, Map.of(), "Invalid access credentials.");
    return switch (asked.method() + " " + asked.path()) {
      case "POST /api/v1/mixed_people/api_search" -> found(asked);
      case "POST /api/v1/people/bulk_match" -> matched(json(asked.body()).path("details"));
      default -> Answer.json(404, "{}");
    };
  }

  /** The third has no address. */
  private Answer found(Asked asked) {
    int page = Integer.parseInt(asked.query().get("page"));
    int size = Integer.parseInt(asked.query().get("per_page"));
    var found = IntStream.range(0, people).skip((long) (page - 1) * size).limit(size).mapToObj(i -> """
        {"id": "p%d", "first_name": "P%d", "last_name_obfuscated": "B***g", "title": "Operations Manager",
         "has_email": %b, "has_city": true, "organization": {"name": "Nordkap", "has_industry": true}}"""
        .formatted(i, i, i != 2)).toList();
    return Answer.json("{\"total_entries\": %d, \"people\": [%s]}".formatted(people, String.join(",", found)));
  }

  private Answer matched(JsonNode details) {
    if (details.size() > 10) return Answer.json(422, "{\"error\": \"Only 10 records are allowed\"}");
    var matches = StreamSupport.stream(details.spliterator(), false).map(one -> match(one.path("id").asText())).toList();
    return Answer.json(
        "{\"status\": \"success\", \"total_requested_enrichments\": %d, \"missing_records\": 0, \"credits_consumed\": %d, \"matches\": [%s]}"
            .formatted(details.size(), details.size(), String.join(",", matches)));
  }

  /** The fifth's address is not verified, the seventh is not known any more. */
  private String match(String id) {
    return switch (id) {
      case "p2" -> """
          {"id": "p2", "name": "P2 Berg", "email": "email_not_unlocked@domain.com", "email_status": "verified"}""";
      case "p6" -> "null";
      default -> """
          {"id": "%1$s", "first_name": "P", "name": "P Berg", "title": "Operations Manager", "email": "%1$s@%2$s",
           "email_status": "%3$s", "city": "Hamburg", "state": "Hamburg", "country": "Germany",
           "organization": {"name": "Nordkap", "website_url": "http://www.%2$s", "primary_domain": "%2$s",
            "estimated_num_employees": 180}}""".formatted(id, domain.apply(id), id.equals("p4") ? "unverified" : "verified");
    };
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
