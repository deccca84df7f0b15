package dev.leadline.sending;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks the engine for what is deployed; an answer counts for a minute. */
@Component
class EngineTables implements Tables {

  private static final Duration COUNTS_FOR = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST = 2_000;
  private static final TypeReference<Map<String, Object>> ANSWER = new TypeReference<>() {};

  private final CamundaClient camunda;
  private final ObjectMapper json;
  private final Cache<Question, Map<String, Object>> answers =
      Caffeine.newBuilder().expireAfterWrite(COUNTS_FOR).maximumSize(MOST).build();

  EngineTables(CamundaClient camunda, ObjectMapper json) {
    this.camunda = camunda;
    this.json = json;
  }

  private record Question(String decision, Map<String, Object> inputs) {}

  @Override
  public Map<String, Object> answer(String decision, Map<String, Object> inputs) {
    return answers.get(new Question(decision, inputs), this::ask);
  }

  private Map<String, Object> ask(Question question) {
    var response = camunda.newEvaluateDecisionCommand()
        .decisionId(question.decision()).variables(question.inputs()).requestTimeout(TIMEOUT).execute();
    if (response.getFailureMessage() != null && !response.getFailureMessage().isBlank()) {
      throw new UnusableTable("The table " + question.decision() + " failed: " + response.getFailureMessage(), null);
    }
    try {
      var answer = json.readValue(response.getDecisionOutput(), ANSWER);
      return answer == null ? Map.of() : answer;
    } catch (JsonProcessingException e) {
      throw new UnusableTable("The table " + question.decision() + " must answer with one row", e);
    }
  }
}
