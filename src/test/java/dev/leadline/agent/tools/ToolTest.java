package dev.leadline.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolTest {

  /** As the engine puts it into adHocSubProcessElements. */
  private final Tool tool = read("""
      {"elementId": "SearchNews", "elementName": "Search\\nnews", "documentation": "Finds news.", "properties": {"a": "b"},
       "parameters": [
         {"name": "toolCall.query", "description": "What to look for", "type": "string"},
         {"name": "toolCall.year", "type": "integer", "options": {"required": false}},
         {"name": "toolCall.region", "schema": {"enum": ["north", "south"]}}]}""");

  @Test
  void isOfferedAsItIsDrawn() {
    var offered = tool.specification();

    assertThat(offered.name()).isEqualTo("SearchNews");
    assertThat(offered.description()).isEqualTo("Finds news.");
    assertThat(JsonSchemaElementUtils.toMap(offered.parameters()))
        .containsEntry("type", "object")
        .containsEntry("properties", Map.of(
            "query", Map.of("type", "string", "description", "What to look for"),
            "year", Map.of("type", "integer"),
            "region", Map.of("type", "string", "enum", List.of("north", "south"))))
        .containsEntry("required", List.of("query", "region"));
  }

  @Test
  void withoutDocumentationItsLabelHasToDo() {
    var bare = read("{\"elementId\": \"LookUpCrm\", \"elementName\": \"Look into the CRM\"}");

    assertThat(bare.specification().description()).isEqualTo("Look into the CRM");
    assertThat(bare.arguments("")).isEmpty();
  }

  @Test
  void takesWhatTheDrawingAsksForAndNothingElse() {
    assertThat(tool.arguments("{\"query\": \"depot\", \"year\": 2026, \"region\": \"north\", \"_meta\": {\"id\": 1}, \"x\": 1}"))
        .isEqualTo(Map.of("query", "depot", "year", 2026, "region", "north"));
    assertThat(tool.arguments("{\"query\": \"depot\", \"region\": \"south\"}")).doesNotContainKey("year");
  }

  @Test
  void refusesWhatItDoesNotAskForInWordsForTheModel() {
    assertThatThrownBy(() -> tool.arguments("{\"region\": \"north\"}")).hasMessage("SearchNews needs query.");
    assertThatThrownBy(() -> tool.arguments("depot")).hasMessage("The arguments of SearchNews must be one JSON object.");
    assertThatThrownBy(() -> tool.arguments("[1]")).hasMessageContaining("one JSON object");
    assertThatThrownBy(() -> tool.arguments("{\"query\": 5, \"region\": \"north\"}"))
        .hasMessageStartingWith("query of SearchNews must be like");
    assertThatThrownBy(() -> tool.arguments("{\"query\": \"a\", \"region\": \"west\"}"))
        .hasMessageContaining("north");
    assertThatThrownBy(() -> tool.arguments("{\"query\": \"" + "a".repeat(501) + "\", \"region\": \"north\"}"))
        .hasMessageContaining("500 characters");
    assertThatThrownBy(() -> tool.arguments("{\"query\": \"a\", \"year\": 1.5, \"region\": \"north\"}"))
        .hasMessageContaining("year");
  }

  static Tool read(String json) {
    try {
      return new ObjectMapper().readValue(json, Tool.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
