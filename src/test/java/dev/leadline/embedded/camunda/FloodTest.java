package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.ChildProcess;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than the engine takes at once, from clients that do not wait: an engine of 256 MB refuses, and stays well. */
@Tag("engine")
class FloodTest {
  private static final int CONNECTIONS = 60;

  @TempDir Path directory;

  static final class Flooded {

    public static void main(String[] args) throws Exception {
      EmbeddedCamunda camunda = EmbeddedCamunda.start(new Settings(Path.of(args[0]), "127.0.0.1", 0, 0, false));
      KillLoad.client(camunda).newDeployResourceCommand()
          .addProcessModel(Bpmn.createExecutableProcess("flood").startEvent().endEvent().done(), "flood.bpmn").send().join();
      System.out.println("port " + camunda.restAddress().getPort());
    }
  }

  @Test
  void bodiesBeyondWhatItHoldsAreRefusedAndWhatWasAcceptedIsDone() throws Exception {
    try (ChildProcess engine = ChildProcess.start(Flooded.class, directory.toString())) {
      int port = port(engine);
      String body =
          "{\"processDefinitionId\": \"flood\", \"variables\": {\"text\": \"%s\"}}".formatted("x".repeat(3_000_000));
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        callers.add(Thread.startVirtualThread(() -> {
          String status = post(port, body, 1);
          (status.contains(" 200 ") ? accepted : refused).incrementAndGet();
        }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(refused.get()).isPositive();
      await().atMost(Duration.ofSeconds(30)).until(() -> instances(port) >= accepted.get());
      assertThat(post(port, "{\"processDefinitionId\": \"flood\"}", 1)).contains(" 200 ");
    }
  }

  @Test
  void requestsSentWithoutWaitingForAnswersAreAnsweredOneAfterTheOther() throws Exception {
    try (ChildProcess engine = ChildProcess.start(Flooded.class, directory.toString())) {
      int port = port(engine);
      assertThat(post(port, "{\"processDefinitionId\": \"flood\"}", 500)).contains(" 200 ");
      assertThat(instances(port)).isEqualTo(500);
    }
  }

  private static int port(ChildProcess engine) {
    String line = engine.line();
    while (line != null && !line.startsWith("port ")) {
      line = engine.line();
    }
    assertThat(line).isNotNull();
    return Integer.parseInt(line.substring("port ".length()));
  }

  /** Sends the request so many times on one connection, then reads the answers; returns the last status line. */
  private static String post(int port, String body, int times) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] request =
          "POST /v2/process-instances HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body)
              .getBytes(StandardCharsets.US_ASCII);
      OutputStream out = socket.getOutputStream();
      Thread sender = Thread.startVirtualThread(() -> {
        try {
          for (int i = 0; i < times; i++) {
            out.write(request);
          }
        } catch (IOException e) {
          // Refused in the middle.
        }
      });
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String status = "";
      int answers = 0;
      for (String line = in.readLine(); line != null && answers < times; ) {
        int at = line.indexOf("HTTP/1.1 ");
        if (at >= 0) {
          status = line.substring(at);
          answers++;
        }
        line = answers < times ? in.readLine() : null;
      }
      return status;
    } catch (IOException e) {
      return "broken";
    }
  }

  private static long instances(int port) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String found =
          http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/process-instances/search"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString("{\"page\": {\"limit\": 1}}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return Long.parseLong(found.replaceAll(".*\"totalItems\":(\\d+).*", "$1"));
    }
  }
}
