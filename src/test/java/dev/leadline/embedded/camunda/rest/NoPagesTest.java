package dev.leadline.embedded.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engine")
class NoPagesTest {

  @TempDir static Path directory;

  @ParameterizedTest
  @ValueSource(strings = {
    "Host: localhost\r\nOrigin: https://evil.example",
    "Host: localhost\r\nOrigin: null",
    "Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site",
    "Host: 127.0.0.1\r\nSec-Fetch-Site: same-site",
    "Host: evil.example"
  })
  void whatAWebSiteMakesABrowserSendIsRefused(String headers) throws IOException {
    assertThat(answer(headers)).startsWith("HTTP/1.1 403").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: localhost", "Host: 127.0.0.1:8088", "Host: [::1]", "Host: localhost\r\nSec-Fetch-Site: none"})
  void programsAndWhoTypesTheAddressAreAnswered(String headers) throws IOException {
    assertThat(answer(headers)).startsWith("HTTP/1.1 200");
  }

  private static String answer(String headers) throws IOException {
    try (EmbeddedCamunda engine =
            EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, false));
        Socket socket = new Socket(engine.restAddress().getHost(), engine.restAddress().getPort())) {
      socket.getOutputStream().write(
          ("GET /v2/topology HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
