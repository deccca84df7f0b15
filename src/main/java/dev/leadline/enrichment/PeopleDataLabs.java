package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Recorded;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * People Data Labs (docs.peopledatalabs.com): person and company enrichment, v5. A licensed source of what people say of
 * themselves in professional networks; nothing is scraped.
 *
 * <p>404 is "not known" and costs nothing; 402 is "no credits left".
 */
@Component
class PeopleDataLabs implements Directory {

  static final String NAME = "peopledatalabs";

  /** Of 10. Below it the match may be somebody else; the provider's own advice for addresses is 6. */
  private static final int LEAST_LIKELIHOOD = 6;

  private final Provider labs;
  private final Clock clock;

  PeopleDataLabs(Providers providers, Clock clock) {
    this.labs = providers.named(NAME);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean covers(String domain) {
    return labs.on() && !Recorded.knows(domain);
  }

  @Override
  public List<Finding> company(String domain) {
    var query = UriComponentsBuilder.newInstance()
        .queryParam("website", "{d}").queryParam("min_likelihood", LEAST_LIKELIHOOD);
    return labs.ask(request("/v5/company/enrich", query, domain), reply -> {
      if (reply.status() == 404) return List.of();
      JsonNode of = reply.ok().json();
      var said = said(of)
          .add(Field.INDUSTRY, of.path("industry"))
          .add(Field.LOCATION, of.path("location").path("name"))
          .add(Field.DESCRIPTION, of.path("summary"))
          .add(Field.FOUNDED, of.path("founded"))
          .add(Field.REVENUE, of.path("inferred_revenue"));
      String size = of.path("employee_count").asInt() > 0
          ? of.path("employee_count").asText() : Said.text(of.path("size"));
      return said.add(Field.SIZE, size == null ? null : size + " employees").findings();
    });
  }

  @Override
  public List<Finding> person(Person person) {
    var query = UriComponentsBuilder.newInstance()
        .queryParam("email", "{e}").queryParam("min_likelihood", LEAST_LIKELIHOOD);
    return labs.ask(request("/v5/person/enrich", query, person.email()), reply -> {
      if (reply.status() == 404) return List.of();
      JsonNode body = reply.ok().json();
      JsonNode of = body.path("data");
      return said(body)
          .add(Field.JOB_TITLE, Said.text(of.path("job_title")), verified(of))
          .add(Field.SENIORITY, of.path("job_title_levels").path(0))
          .add(Field.PROFILE, of.path("linkedin_url"))
          .findings();
    });
  }

  private Said said(JsonNode body) {
    return new Said(NAME, LocalDate.now(clock), body.path("likelihood").asInt(LEAST_LIKELIHOOD) * 10);
  }

  /** When the provider last saw the job title confirmed, where it says so. */
  private LocalDate verified(JsonNode person) {
    try {
      return LocalDate.parse(person.path("job_last_verified").asText());
    } catch (DateTimeParseException notSaid) {
      return LocalDate.now(clock);
    }
  }

  private HttpRequest request(String path, UriComponentsBuilder query, Object value) {
    return HttpRequest.newBuilder(labs.address(path + query.encode().buildAndExpand(value).toUriString()))
        .header("X-Api-Key", labs.key())
        .header("Accept", "application/json")
        .GET().build();
  }
}
