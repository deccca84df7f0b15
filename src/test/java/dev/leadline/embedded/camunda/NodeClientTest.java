package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class NodeClientTest {
  private static final Path CLIENT = Path.of("node_modules/@camunda8/orchestration-cluster-api");

  @Test
  void thePublicClientOfNodeDeploysWorksReviewsAndSearches() throws Exception {
    assumeTrue(runs("node"), "The public client of Node.js was not tried: that needs node on the path.");
    if (Files.notExists(CLIENT)) {
      succeeds("npm", "ci", "--no-audit", "--no-fund");
    }
    assertThat(succeeds("node", "src/test/node/engine-client.mjs")).contains("worked with the engine from Node.js");
  }

  private static String succeeds(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CAMUNDA_REST_ADDRESS", Gateway.CAMUNDA.restAddress().toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ":\n" + said).isZero();
    return said;
  }

  private static boolean runs(String program) throws InterruptedException {
    try {
      return new ProcessBuilder(program, "--version").redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
