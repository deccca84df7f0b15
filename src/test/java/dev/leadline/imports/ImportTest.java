package dev.leadline.imports;

import static org.springframework.data.mongodb.core.query.Query.query;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.intake.Consent;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.sending.Recipients;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.types.ObjectId;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

@LeadlineTest
class ImportTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "name;email;company;website;job_title;lead_source\n";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired Imports imports;
  @Autowired ImportRows rows;
  @Autowired ImportFiles files;
  @Autowired RunImports runs;
  @Autowired MongoTemplate mongo;
  @Autowired Recipients recipients;

  private String domain;
  private String table;

  @BeforeEach
  void aTableWithEveryKindOfRow() {
    domain = UUID.randomUUID() + ".example";
    table = HEADER
        + row("Ann", "ann@" + domain)
        + row("", "bob@" + domain)
        + row("Ann again", "ANN+x@" + domain)
        + row("=cmd()", "not an address");
  }

  @Test
  void everyRowGetsItsVerdict() throws Exception {
    JsonNode done = finished(post(table, ""));

    assertThat(done.path("total").asInt()).isEqualTo(4);
    assertThat(counts(done)).containsExactly(1, 1, 2);
    JsonNode verdicts = rows(done);
    Lead ann = leads.findByAddress("ann@" + domain).orElseThrow();
    assertThat(verdicts.findValuesAsText("verdict")).containsExactly("NEW", "REJECTED", "DUPLICATE", "REJECTED");
    assertThat(verdicts.at("/0/leadId").asText()).isEqualTo(ann.id());
    assertThat(verdicts.at("/1/problems/0/field").asText()).isEqualTo("name");
    assertThat(verdicts.at("/2/duplicateOfRow").asInt()).isEqualTo(2);
    assertThat(verdicts.at("/2/leadId").asText()).isEqualTo(ann.id());
    assertThat(verdicts.at("/3/problems/0/reason").asText()).startsWith("must be an e-mail address");
  }

  @Test
  void howTheyAgreedIsKeptWithEachOfThem() throws Exception {
    finished(post(table, "?dryRun=true&agreed=Sheet"));
    var done = finished(post(table, "?agreed=Ticked+the+box%0Aat+the+fair"));

    Lead ann = leads.findByAddress("ann@" + domain).orElseThrow();
    assertThat(mongo.findById(ann.id(), Consent.class)).satisfies(consent -> {
      assertThat(consent.wording()).isEqualTo("Ticked the box at the fair");
      assertThat(consent.form()).isEqualTo("import " + done.path("id").asText());
    });
    assertThat(recipients.of(ann).consent()).isEqualTo("opt-in");
    assertThat(post(table, "?agreed=" + "x".repeat(501)).statusCode()).isEqualTo(400);

    table = HEADER + row("Eve", "eve@" + domain);
    finished(post(table, ""));
    assertThat(recipients.of(leads.findByAddress("eve@" + domain).orElseThrow()).consent()).isEqualTo("list");
  }

  @Test
  void aDryRunSaysTheSameAndRegistersNobody() throws Exception {
    JsonNode done = finished(post(table, "?dryRun=true"));

    assertThat(counts(done)).containsExactly(1, 1, 2);
    assertThat(rows(done).at("/2/duplicateOfRow").asInt()).isEqualTo(2);
    assertThat(leads.findByAddress("ann@" + domain)).isEmpty();
  }

  @Test
  void whatNoLeadStandsBehindIsForgottenInTime() throws Exception {
    JsonNode tried = finished(post(table, "?dryRun=true"));
    String id = tried.path("id").asText();
    assertThat(mongo.find(query(where("importId").is(id)), ImportRow.class)).hasSize(4)
        .allSatisfy(row -> assertThat(row.until()).isAfter(Instant.now().plus(Duration.ofDays(89))));

    mongo.updateFirst(
        query(where("_id").is(id)), Update.update("finishedAt", Instant.now().minus(Duration.ofDays(91))), Import.class);
    runs.deleteOldFiles();

    assertThat(mongo.findById(id, Import.class).fileId()).isNull();
    assertThat(send(to("/import/" + id + "/repeat").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(404);
    finished(post(table, ""));
    assertThat(mongo.find(query(where("leadId").is(leads.findByAddress("ann@" + domain).orElseThrow().id())), ImportRow.class))
        .isNotEmpty().allSatisfy(row -> assertThat(row.until()).isNull());
  }

  @Test
  void whoIsKnownAlreadyIsADuplicateOfTheirLead() throws Exception {
    finished(post(table, ""));
    JsonNode again = finished(post(table, ""));

    assertThat(counts(again)).containsExactly(0, 2, 2);
    assertThat(rows(again).at("/0/leadId").asText())
        .isEqualTo(leads.findByAddress("ann@" + domain).orElseThrow().id());
    assertThat(rows(again).at("/0/duplicateOfRow").isMissingNode()).isTrue();
  }

  @Test
  void theVerdictsCanBeDownloadedAndAreNoFormulas() throws Exception {
    JsonNode done = finished(post(table, ""));

    var csv = get("/api/v1/leads/imports/" + done.path("id").asText() + "/rows.csv");

    assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
    assertThat(csv.body().lines()).hasSize(5).anyMatch(line -> line.startsWith("5,rejected,'=cmd()"));
  }

  @Test
  void anUploadedFileIsImportedTheSameWay() throws Exception {
    String boundary = "b" + UUID.randomUUID();
    String body = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"léads.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\n" + table + "\r\n--" + boundary + "--\r\n";
    var answer = send(to("/api/v1/leads/imports").header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(BodyPublishers.ofString(body)));

    JsonNode done = finished(answer);
    assertThat(counts(done)).containsExactly(1, 1, 2);
    assertThat(done.path("fileName").asText()).isEqualTo("léads.csv");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "''                           | file    | is empty",
    "name,email                   | company | has no column in the first row",
    "'name,email,company,job title,source' | file | has no rows below its header",
  })
  void aFileThatIsNoTableIsAProblem(String file, String field, String reason) throws Exception {
    var answer = post(file, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void tooManyRowsAreRefusedBeforeAnyIsImported() throws Exception {
    String many = HEADER + IntStream.rangeClosed(0, RunImports.MAX_ROWS)
        .mapToObj(i -> row("Many", "many" + i + "@" + domain)).collect(Collectors.joining());

    var answer = post(many, "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("has more than 10000 rows");
    assertThat(leads.findByAddress("many0@" + domain)).isEmpty();
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    var answer = post("x".repeat(20 * 1024 * 1024 + 1), "");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo("body");
  }

  @ParameterizedTest
  @CsvSource({"?dryRun=maybe, dryRun"})
  void aWrongParameterIsAProblem(String query, String field) throws Exception {
    var answer = post(table, query);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void anUnknownImportIsAProblem() throws Exception {
    assertThat(get("/api/v1/leads/imports/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/leads/imports/nothing/rows").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/leads/imports/nothing/rows.csv").statusCode()).isEqualTo(404);
  }

  @Test
  void anInterruptedImportGoesOnAfterTheLastRowWrittenDown() throws Exception {
    String content = HEADER + IntStream.range(0, 5)
        .mapToObj(i -> row("Left", "left" + i + "@" + domain)).collect(Collectors.joining());
    String file = files.store(new java.io.ByteArrayInputStream(content.getBytes()), "left.csv");
    Import left = new Import(
        new ObjectId().toHexString(), null, file, "left.csv", false, null, Import.State.RUNNING, 5, 3, 2, 0, 0,
        null, Instant.now(), null);
    imports.save(left);

    runs.resumeInterrupted();

    JsonNode done = finished(left.id());
    assertThat(counts(done)).containsExactly(5, 0, 0);
    assertThat(rows(done).findValuesAsText("row")).containsExactly("4", "5", "6");
    assertThat(leads.findByAddress("left1@" + domain)).isEmpty();
    assertThat(leads.findByAddress("left2@" + domain)).isPresent();
  }

  @Test
  void thePageUploadsChecksAndThenImports() throws Exception {
    assertThat(Jsoup.parse(get("/import").body()).select("form input[type=file][name=file]")).hasSize(1);
    JsonNode check = finished(post(table, "?dryRun=true"));

    var page = Jsoup.parse(get("/import/" + check.path("id").asText()).body());
    assertThat(page.select("progress").attr("value")).isEqualTo("4");
    assertThat(page.select("tbody tr")).hasSize(4);
    assertThat(page.select("tbody").text()).contains("Duplicate of row 2", "name is required");

    var repeat = send(to(page.select("form[action$=repeat]").attr("action")).POST(BodyPublishers.noBody()));
    assertThat(repeat.statusCode()).isEqualTo(302);
    String location = repeat.headers().firstValue("Location").orElseThrow();
    finished(location.substring(location.lastIndexOf('/') + 1));
    assertThat(leads.findByAddress("ann@" + domain)).isPresent();
  }

  private static String row(String name, String email) {
    return name + ";" + email + ";Acme;acme.example;COO;Fair\n";
  }

  private static java.util.List<Integer> counts(JsonNode done) {
    return java.util.List.of(
        done.path("added").asInt(), done.path("duplicates").asInt(), done.path("rejected").asInt());
  }

  private JsonNode rows(JsonNode done) throws Exception {
    return JSON.readTree(get("/api/v1/leads/imports/" + done.path("id").asText() + "/rows").body()).path("items");
  }

  private JsonNode finished(HttpResponse<String> accepted) throws Exception {
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    String location = accepted.headers().firstValue("Location").orElseThrow();
    return finished(location.substring(location.lastIndexOf('/') + 1));
  }

  private JsonNode finished(String id) {
    return await().atMost(Duration.ofSeconds(20)).until(
        () -> JSON.readTree(get("/api/v1/leads/imports/" + id).body()),
        now -> now.path("state").asText().equals("FINISHED"));
  }

  private HttpResponse<String> post(String csv, String query) throws Exception {
    return send(to("/api/v1/leads/imports" + query).header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofString(csv)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path).GET());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port).resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
