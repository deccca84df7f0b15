package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagramLintTest {

  @Test
  void diagramsAndElementTemplatesHaveNoErrors() throws Exception {
    assumeTrue(runs("node") && runs("npm"),
        "Diagrams and element templates were not linted: that needs node and npm on the path.");
    if (Files.notExists(Path.of("node_modules/.package-lock.json"))) succeeds("npm", "ci", "--no-audit", "--no-fund");
    succeeds("npm", "run", "--silent", "lint");
  }

  private static void succeeds(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ":\n" + said).isZero();
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
