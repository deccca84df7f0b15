package dev.leadline.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.response.Form;
import io.camunda.client.api.search.response.Variable;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The form of a task and the variables it shows. */
@Component
class TaskForm {

  private static final int MOST_VARIABLES = 1000;

  private final CamundaClient camunda;
  private final ObjectMapper json;

  TaskForm(CamundaClient camunda, ObjectMapper json) {
    this.camunda = camunda;
    this.json = json;
  }

  /**
   * What form-js imports.
   *
   * @param schema null when the task has no form
   */
  record Content(JsonNode schema, Map<String, JsonNode> data) {}

  Content of(long taskKey) {
    return new Content(schema(taskKey), variables(taskKey));
  }

  private JsonNode schema(long taskKey) {
    try {
      Form form = camunda.newUserTaskGetFormRequest(taskKey).send().join();
      if (form == null || form.getSchema() == null) return null;
      return form.getSchema() instanceof String text ? parsed(text) : json.valueToTree(form.getSchema());
    } catch (ClientHttpException e) {
      if (e.code() == 404) return null;
      throw e;
    }
  }

  /** Inner scopes hide outer ones, as the engine itself sees them: an inner scope is younger, so its key is larger. */
  private Map<String, JsonNode> variables(long taskKey) {
    var values = new LinkedHashMap<String, JsonNode>();
    camunda
        .newUserTaskVariableSearchRequest(taskKey)
        .page(page -> page.limit(MOST_VARIABLES))
        .send()
        .join()
        .items()
        .stream()
        .sorted(Comparator.comparing(Variable::getScopeKey))
        .forEach(variable -> values.put(variable.getName(), parsed(whole(variable))));
    return values;
  }

  /** Searches cut long values. */
  private String whole(Variable variable) {
    return Boolean.TRUE.equals(variable.isTruncated())
        ? camunda.newVariableGetRequest(variable.getVariableKey()).send().join().getValue()
        : variable.getValue();
  }

  private JsonNode parsed(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The engine sent a value that is not JSON", e);
    }
  }
}
