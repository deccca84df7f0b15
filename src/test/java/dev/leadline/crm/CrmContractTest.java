package dev.leadline.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.TestDatabase;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import dev.leadline.provider.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every CRM promises, against what HubSpot and Salesforce answer by their documentation. */
class CrmContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestDatabase DATABASE = new TestDatabase();
  private static final String DOMAIN = "brightwater-insurance.example";
  private static final String TOM = "Tom.OBrien@brightwater-insurance.example";

  private final ProviderServer server = new ProviderServer();
  private volatile String validToken = "t1";

  enum Kind { SANDBOX, HUBSPOT, SALESFORCE }

  private Crm crm(Kind kind) {
    var providers = server.providers(Clock.systemUTC(), HubSpot.NAME, Salesforce.NAME);
    return switch (kind) {
      case SANDBOX -> new BuiltInCrm(DATABASE.mongo());
      case HUBSPOT -> {
        server.usually(CrmContractTest::hubspot);
        yield new HubSpot(providers);
      }
      case SALESFORCE -> {
        server.usually(this::salesforce);
        yield new Salesforce(providers);
      }
    };
  }

  private static Answer hubspot(Asked asked) {
    if (!"Bearer the-secret-key".equals(asked.header("Authorization"))) return Answer.json(401, """
        {"status": "error", "message": "Authentication credentials not found.", "category": "INVALID_AUTHENTICATION"}""");
    JsonNode query = json(asked.body());
    Map<String, String> filters = query.at("/filterGroups/0/filters").findValues("propertyName").stream()
        .collect(Collectors.toMap(JsonNode::asText, name -> value(query, name.asText())));
    String results = switch (asked.path().split("/")[4]) {
      case "companies" -> DOMAIN.equals(filters.get("domain")) ? """
          {"id": "512", "properties": {"name": "Brightwater Insurance plc", "domain": "%s", "industry": "INSURANCE",
           "hubspot_owner_id": "77"}, "createdAt": "2024-01-01T00:00:00Z", "archived": false}""".formatted(DOMAIN) : "";
      case "contacts" -> "tom.obrien@brightwater-insurance.example".equals(filters.get("email")) ? """
          {"id": "9", "properties": {"firstname": "Tom", "lastname": "O'Brien", "email": "tom.obrien@brightwater-insurance.example",
           "jobtitle": "COO", "associatedcompanyid": "512", "lifecyclestage": "lead", "hubspot_owner_id": null}}""" : "";
      case "deals" -> filters.equals(Map.of("associations.company", "512", "hs_is_closed", "false")) ? deals(query) : "";
      case "notes" -> "512".equals(filters.get("associations.company")) ? """
          {"id": "n2", "properties": {"hs_note_body": "<p>Sent the <b>price list</b>.</p>", "hs_timestamp": "2026-01-20T09:30:00Z"}},
          {"id": "n1", "properties": {"hs_note_body": "Met Tom.", "hs_timestamp": "2025-10-07T14:10:00.123Z"}}""" : "";
      default -> "";
    };
    String paging = asked.path().contains("deals") && !query.has("after")
        ? ", \"paging\": {\"next\": {\"after\": \"1\", \"link\": \"?after=1\"}}" : "";
    return Answer.json("{\"total\": 2, \"results\": [" + results + "]" + paging + "}");
  }

  /** Two deals on two pages. */
  private static String deals(JsonNode query) {
    return query.path("after").asText().equals("1")
        ? """
          {"id": "d2", "properties": {"dealname": "Renewal", "dealstage": "qualifiedtobuy", "amount": null, "closedate": null}}"""
        : """
          {"id": "d1", "properties": {"dealname": "Claims intake 2026", "dealstage": "contractsent", "amount": "80000",
           "closedate": "2026-06-30T00:00:00Z", "hubspot_owner_id": "77"}}""";
  }

  private Answer salesforce(Asked asked) {
    if (asked.path().equals("/services/oauth2/token"))
      return asked.body().equals("grant_type=client_credentials&client_id=the-id&client_secret=the-secret-key")
          ? Answer.json("""
              {"access_token": "%s", "instance_url": "%s", "id": "https://login.salesforce.com/id/x/y", "token_type": "Bearer",
               "scope": "api", "issued_at": "1700000000000"}""".formatted(validToken, server.address()))
          : Answer.json(400, "{\"error\": \"invalid_client_id\", \"error_description\": \"client identifier invalid\"}");
    if (!("Bearer " + validToken).equals(asked.header("Authorization")))
      return Answer.json(401, "[{\"message\": \"Session expired or invalid\", \"errorCode\": \"INVALID_SESSION_ID\"}]");
    if (asked.path().equals("/services/data/v61.0/query/01gD0000002HU6KIAW-1"))
      return records(true, "{\"Id\": \"006000000000002AAA\", \"Name\": \"Renewal\", \"StageName\": \"Prospecting\", "
          + "\"Amount\": null, \"CloseDate\": null, \"Owner\": null}");
    String soql = asked.query().getOrDefault("q", "");
    if (soql.contains("FROM Account WHERE Website LIKE '%" + DOMAIN + "%'")) return records(true,
        account("001000000000001AAA", "http://evil-" + DOMAIN), account("001000000000002AAA", "https://www." + DOMAIN + "/home"));
    if (soql.contains("FROM Contact WHERE Email = 'Tom.OBrien@")) return records(true, """
        {"Id": "003000000000001AAA", "Name": "Tom O'Brien", "Email": "tom.obrien@brightwater-insurance.example", "Title": "COO",
         "AccountId": "001000000000002AAA", "Owner": {"Name": "Dana Whitfield"}}""");
    if (soql.contains("FROM Opportunity WHERE AccountId = '001000000000002AAA' AND IsClosed = false")) return records(false, """
        {"Id": "006000000000001AAA", "Name": "Claims intake 2026", "StageName": "Proposal", "Amount": 80000.0,
         "CloseDate": "2026-06-30", "Owner": {"Name": "Dana Whitfield"}}""");
    if (soql.contains("FROM ContentDocumentLink WHERE LinkedEntityId = '001000000000002AAA'")) return records(true,
        "{\"ContentDocumentId\": \"069000000000001AAA\"}", "{\"ContentDocumentId\": \"069000000000002AAA\"}");
    if (soql.contains("FROM ContentNote WHERE Id IN ('069000000000001AAA', '069000000000002AAA')")) return records(true,
        note("069000000000002AAA", "Prices", "Sent the price list.", "2026-01-20T09:30:00.000+0000"),
        note("069000000000001AAA", "Conference", "Met Tom.", "2025-10-07T14:10:00.000+0000"));
    return records(true);
  }

  private static String account(String id, String website) {
    return """
        {"attributes": {"type": "Account"}, "Id": "%s", "Name": "Brightwater Insurance plc", "Website": "%s",
         "Industry": "Insurance", "Owner": {"Name": "Dana Whitfield"}}""".formatted(id, website);
  }

  private static String note(String id, String title, String preview, String at) {
    return "{\"Id\": \"%s\", \"Title\": \"%s\", \"TextPreview\": \"%s\", \"LastModifiedDate\": \"%s\"}"
        .formatted(id, title, preview, at);
  }

  private static Answer records(boolean done, String... records) {
    return Answer.json("{\"totalSize\": %d, \"done\": %s, %s\"records\": [%s]}".formatted(
        records.length, done, done ? "" : "\"nextRecordsUrl\": \"/services/data/v61.0/query/01gD0000002HU6KIAW-1\", ",
        String.join(", ", records)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void anAccountIsFoundByItsDomain(Kind kind) {
    var account = crm(kind).account(DOMAIN).orElseThrow();

    assertThat(account.name()).isEqualTo("Brightwater Insurance plc");
    assertThat(account.domain()).isEqualTo(DOMAIN);
    assertThat(account.industry()).isEqualToIgnoringCase("insurance");
    assertThat(account.owner()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource
  void aContactIsFoundByTheirAddressInAnyCase(Kind kind) {
    var crm = crm(kind);
    var tom = crm.contact(TOM).orElseThrow();

    assertThat(tom.name()).isEqualTo("Tom O'Brien");
    assertThat(tom.jobTitle()).isEqualTo("COO");
    assertThat(tom.accountId()).isEqualTo(crm.account(DOMAIN).orElseThrow().id());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotThereIsEmpty(Kind kind) {
    var crm = crm(kind);
    assertThat(crm.account("nobody.example")).isEmpty();
    assertThat(crm.contact("nobody@nobody.example")).isEmpty();
    assertThat(crm.openOpportunities("001000000000009AAA")).isEmpty();
    assertThat(crm.notes("001000000000009AAA", 5)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void openOpportunitiesAndNotesBelongToAnAccount(Kind kind) {
    var crm = crm(kind);
    String account = crm.account(DOMAIN).orElseThrow().id();

    assertThat(crm.openOpportunities(account)).first().satisfies(deal -> {
      assertThat(deal.name()).isEqualTo("Claims intake 2026");
      assertThat(deal.amount()).isEqualByComparingTo(new BigDecimal("80000"));
      assertThat(deal.closes()).isEqualTo(LocalDate.of(2026, 6, 30));
    });
    assertThat(crm.notes(account, 2)).hasSize(2).isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
    assertThat(crm.notes(account, 2).getFirst().text()).contains("Sent the price list.").doesNotContain("<");
    assertThat(crm.notes(account, 1)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
  void pagesAreTurned(Kind kind) {
    var crm = crm(kind);
    assertThat(crm.openOpportunities(crm.account(DOMAIN).orElseThrow().id()))
        .extracting(Crm.Opportunity::name).containsExactly("Claims intake 2026", "Renewal");
  }

  @ParameterizedTest
  @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
  void whoCannotAnswerSaysSo(Kind kind) {
    var crm = crm(kind);
    crm.account(DOMAIN);
    server.thenHangs();
    assertThatThrownBy(() -> crm.account(DOMAIN)).isInstanceOf(Unavailable.class).hasMessage("does not answer in 1 s");
    server.then(200, "<html>maintenance</html>");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("answers in a way that makes no sense");
    server.then(200, "{\"surprise\": true}");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("answers in a way that makes no sense");
  }

  @Test
  void hubspotsLimits() {
    var crm = crm(Kind.HUBSPOT);
    server.then(429, """
        {"status": "error", "message": "You have reached your secondly limit.", "errorType": "RATE_LIMIT",
         "correlationId": "c033cdaa", "policyName": "SECONDLY"}""");
    assertThat(crm.account(DOMAIN)).isPresent();

    String daily = "{\"status\": \"error\", \"message\": \"You have reached your daily limit.\", \"errorType\": \"RATE_LIMIT\", "
        + "\"policyName\": \"DAILY\"}";
    server.then(429, daily).then(429, daily);
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("has no requests left for today");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessageStartingWith("is left alone for another");
  }

  @Test
  void aSessionThatEndsIsBegunAnewOnceForAll() throws Exception {
    var crm = crm(Kind.SALESFORCE);
    crm.account(DOMAIN);
    validToken = "t2";

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = IntStream.range(0, 4)
          .mapToObj(i -> threads.submit(() -> crm.account(DOMAIN).isPresent())).toList();
      for (var one : all) assertThat(one.get()).isTrue();
    }
    assertThat(server.asked.stream().filter(asked -> asked.path().endsWith("/token"))).hasSize(2);
  }

  @Test
  void salesforcesRefusals() {
    var crm = crm(Kind.SALESFORCE);
    server.then(400, "{\"error\": \"invalid_grant\", \"error_description\": \"no client credentials user enabled\"}");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("does not let us log in");
    crm.account(DOMAIN);
    server.then(403, "[{\"message\": \"TotalRequests Limit exceeded.\", \"errorCode\": \"REQUEST_LIMIT_EXCEEDED\"}]");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("has no requests left for today");
  }

  @Test
  void theTokenGoesNowhereElse() {
    var crm = crm(Kind.SALESFORCE);
    server.then(200, "{\"access_token\": \"t1\", \"instance_url\": \"https://collector.test\"}");
    assertThatThrownBy(() -> crm.account(DOMAIN)).hasMessage("answers in a way that makes no sense");
  }

  @Test
  void quotationMarksEndNoQuestion() {
    var crm = crm(Kind.SALESFORCE);
    crm.contact("o'brien\\@x.example' OR Email LIKE '%");

    assertThat(server.asked.getLast().query().get("q"))
        .contains("WHERE Email = 'o\\'brien\\\\@x.example\\' OR Email LIKE \\'%' LIMIT 1");
  }

  private static String value(JsonNode query, String property) {
    for (JsonNode filter : query.at("/filterGroups/0/filters"))
      if (filter.path("propertyName").asText().equals(property)) return filter.path("value").asText();
    return "";
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
