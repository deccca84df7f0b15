package dev.leadline.evals;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.AskedModel;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafted;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Researched;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whatever a model does with what a lead wrote, no log says who they are or what they wrote. */
class LogTest {

  private static final String DESCRIPTION =
      "Call me on +43 664 1234567, IBAN AT61 1904 3002 3457 3201. We need help with order entry for Frau Zyxwald.";
  private static final List<String> PERSONAL = List.of(
      "Quirinius", "Zyxwald", "664 1234567", "AT61", "Vorarlwerk", "hidden-lead", "Oberbefehlshaber", "order entry for");

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.leadline");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    ours.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(log);
    ours.setLevel(Level.INFO);
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("no model", null),
        Arguments.of("a model that repeats what it was asked", (UnaryOperator<String>) asked -> asked),
        Arguments.of("a model that talks nonsense", (UnaryOperator<String>) asked ->
            "{\"facts\": \"Quirinius Zyxwald, hidden-lead@lead.example\"}"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void noLogSaysWhoALeadIs(String name, UnaryOperator<String> answers) throws IOException {
    try (var model = answers == null ? null : new AskedModel(answers);
        var steps = model == null ? new ThinkingSteps() : new ThinkingSteps(model.agents())) {
      steps.register(
          "hidden-lead", "Quirinius Zyxwald", "Vorarlwerk GmbH", "https://vorarlwerk.example", "Oberbefehlshaber",
          "Messe", DESCRIPTION);
      Researched.by(steps, "hidden-lead");
      Assessed.by(steps, "hidden-lead");
      for (Campaign campaign : List.of(Campaign.OUTREACH, Campaign.NURTURE)) Drafted.by(steps, "hidden-lead", campaign);
    }
    if (answers != null) assertThat(log.list).as("the failures are logged").isNotEmpty();
    assertThat(PERSONAL).as(lines()).noneMatch(lines()::contains);
  }

  private String lines() {
    return log.list.stream()
        .filter(event -> event.getLoggerName().startsWith("dev.leadline") || event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(event -> event.getFormattedMessage()
            + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .collect(Collectors.joining("\n"));
  }
}
