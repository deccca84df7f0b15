package dev.leadline.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.model.GenAi;
import dev.leadline.model.Models;
import dev.leadline.trace.LeadSpan;
import java.util.List;
import java.util.Map;

/** Agents in traces, in the words of OpenTelemetry's conventions for generative AI. */
final class AgentSpan {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AgentSpan() {}

  /** A step's question to its model, from the question to what is made of the answer. */
  static LeadSpan invokes(String step, Models.Model model) {
    LeadSpan span = LeadSpan.current().child("invoke_agent " + step);
    return GenAi.about(span, model, "invoke_agent").with("gen_ai.agent.name", step);
  }

  static void invoked(LeadSpan span, AgentRun run) {
    if (!span.isTold()) return;
    span.with("leadline.source", run.source().name()).with("leadline.prompt", run.prompt())
        .with("leadline.prompt_variant", run.variant());
    if (run.error() != null) span.failed(run.error().name());
    if (!span.maySayTexts()) return;
    span.with("gen_ai.system_instructions", JSON.valueToTree(List.of(text(run.system()))).toString())
        .with("gen_ai.input.messages", message("user", run.question()))
        .with("gen_ai.output.messages", message("assistant", run.answer()));
  }

  private static Map<String, String> text(String content) {
    return Map.of("type", "text", "content", content);
  }

  private static String message(String role, String content) {
    return JSON.valueToTree(List.of(Map.of("role", role, "parts", List.of(text(content))))).toString();
  }
}
