package dev.leadline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.LeadlineApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartProblemsTest {

  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(strings = {"server.port", "leadline.embedded.camunda.rest-port", "leadline.embedded.camunda.grpc-port"})
  void aTakenPortIsOneSentenceAndExitCodeThree(String property) throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(other.getLocalPort());
      assertRefused(3, List.of(port, property), "--" + property + "=" + port);
    }
  }

  @Test
  void aSecondStartOnTheSameDataIsOneSentenceAndExitCodeTwo() throws Exception {
    try (DataDirectory other = DataDirectory.open(data)) {
      assertRefused(2, List.of(data.toString(), "in use"));
    }
  }

  @Test
  void aForeignDirectoryIsOneSentenceAndExitCodeFourAndStaysAsItWas() throws Exception {
    Files.writeString(data.resolve("holiday.txt"), "photos");
    assertRefused(4, List.of(data.toString(), "not Leadline's"));
    try (var files = Files.list(data)) {
      assertThat(files).containsExactly(data.resolve("holiday.txt"));
    }
  }

  @Test
  void aDirectoryOfALaterFormatIsOneSentenceAndExitCodeFour() throws Exception {
    Files.writeString(data.resolve("LEADLINE"), "leadline data, format 99\n");
    assertRefused(4, List.of(data.toString(), "format"));
  }

  @Test
  void aCorruptDatabaseIsOneSentenceAndExitCodeFourAndStaysAsItWas() throws Exception {
    DataDirectory.open(data).close();
    Path file = Files.createDirectories(data.resolve("mongo")).resolve("documents.mv.db");
    String content = "no database ".repeat(1000);
    Files.writeString(file, content);
    assertRefused(4, List.of(file.toString()));
    assertThat(Files.readString(file)).isEqualTo(content);
  }

  private void assertRefused(int exitCode, List<String> said, String... arguments)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--leadline.data=" + data,
                "--server.port=0",
                "--leadline.embedded.camunda.rest-port=0",
                "--leadline.embedded.camunda.grpc-port=0",
                "--leadline.embedded.mongo.port=0",
                "--leadline.embedded.mail.smtp-port=0",
                "--leadline.embedded.mail.imap-port=0"));
    for (String argument : arguments) {
      all.removeIf(given -> given.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
      all.add(argument);
    }
    try (ChildProcess leadline = ChildProcess.start(LeadlineApplication.class, all.toArray(String[]::new))) {
      List<String> output = leadline.lines();
      assertThat(leadline.exitCode()).as(String.join("\n", output)).isEqualTo(exitCode);
      assertThat(output).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
      List<String> sentences = output.stream().filter(line -> said.stream().allMatch(line::contains)).toList();
      assertThat(sentences).as(String.join("\n", output)).hasSize(1);
    }
  }
}
