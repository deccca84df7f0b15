package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody purges an engine or moves its clock unless it was started for testing. */
@Tag("engine")
class TestingSwitchTest {
  @TempDir Path directory;

  @Test
  void clockAndPurgeAreNotThereInAnEngineThatWorks() throws Exception {
    try (EmbeddedCamunda camunda = EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(status(http, camunda, "GET", "/actuator/clock")).isEqualTo(501);
      assertThat(status(http, camunda, "POST", "/actuator/clock/add")).isEqualTo(501);
      assertThat(status(http, camunda, "DELETE", "/actuator/clock")).isEqualTo(501);
      assertThat(status(http, camunda, "POST", "/actuator/cluster/purge")).isEqualTo(501);
      assertThat(status(http, camunda, "PUT", "/v2/clock")).isEqualTo(501);
      assertThat(status(http, camunda, "POST", "/v2/clock/reset")).isEqualTo(501);
      assertThat(status(http, camunda, "GET", "/v2/topology")).isEqualTo(200);
    }
  }

  private static int status(HttpClient http, EmbeddedCamunda camunda, String method, String path) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(camunda.monitoringAddress() + path))
                .method(method, BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json")
                .build(),
            BodyHandlers.ofString());
    return response.statusCode();
  }
}
