package dev.leadline.lead;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@LeadlineTest
class LeadApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;

  @Test
  void anUnknownLeadIsAProblem() throws Exception {
    var answer = get("/api/v1/leads/nobody");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).isEqualTo("There is no lead with this id");
  }

  @ParameterizedTest
  @CsvSource({
    "size=0, size", "size=201, size", "page=-1, page", "page=x, page", "stage=GONE, stage", "tier=Z, tier",
    "size=99999999999, size", "page=2147483647, page"
  })
  void aWrongQueryIsAProblemThatNamesTheParameter(String query, String field) throws Exception {
    assertProblem(get("/api/v1/leads?" + query), 400, field, "must be");
  }

  @Test
  void leadsAreFoundByWordsStageAndTierNewestFirst() throws Exception {
    String company = "Zephyr" + UUID.randomUUID().toString().substring(0, 8);
    String first = saved(company + " (North)", Lead.Stage.NEW, null, Instant.EPOCH);
    String second = saved(company + " South", Lead.Stage.QUALIFYING, Lead.Tier.A, Instant.EPOCH.plusSeconds(1));

    assertThat(found("q=" + company.toLowerCase())).containsExactly(second, first);
    assertThat(found("q=" + company + "%20(north)")).containsExactly(first);
    assertThat(found("q=" + company + "&stage=QUALIFYING&tier=A")).containsExactly(second);
    assertThat(found("q=" + company + "&tier=B")).isEmpty();
    assertThat(found("q=" + company + "&size=1&page=1")).containsExactly(first);
    assertThat(JSON.readTree(get("/api/v1/leads?size=1&q=" + company).body()).path("total").asInt()).isEqualTo(2);
    assertThat(found("q=.*" + company)).isEmpty();
  }

  /** A lead whose journey leaves it alone. */
  private String saved(String company, Lead.Stage stage, Lead.Tier tier, Instant at) {
    String email = "jane." + UUID.randomUUID() + "@acme.example";
    return leads.save(new Lead(
        UUID.randomUUID().toString(), null, email, email, "Jane", company, null, "COO", "Fair", null,
        Lead.Start.STARTED, stage, null, tier, null, at, at)).id();
  }

  private List<String> found(String query) throws Exception {
    var answer = get("/api/v1/leads?" + query);
    return JSON.readTree(answer.body()).path("items").findValuesAsText("id");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String field, String reason)
      throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode error = JSON.readTree(answer.body()).path("errors").path(0);
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("reason").asText()).contains(reason);
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port).resolve(path)).GET();
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
