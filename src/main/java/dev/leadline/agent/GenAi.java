package dev.leadline.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.leadline.trace.LeadSpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Models in traces, in the words of OpenTelemetry's conventions for generative AI; gen_ai.system is what
 * gen_ai.provider.name was called before, and gen_ai.usage.cost is Langfuse's word.
 */
final class GenAi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private GenAi() {}

  /** A step's question to its model, from the question to what is made of the answer. */
  static LeadSpan invokes(String step, Models.Model model) {
    LeadSpan span = LeadSpan.current().child("invoke_agent " + step);
    return about(span, model, "invoke_agent").with("gen_ai.agent.name", step);
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

  /** One call of the model with its tries; what it waited for its turn is over. */
  static LeadSpan chat(Models.Model model, ChatRequest request) {
    LeadSpan span = LeadSpan.current().request("chat " + model.name());
    if (!span.isTold()) return span;
    about(span, model, "chat");
    ChatRequestParameters own = request.parameters();
    ChatRequestParameters common = model.chat().defaultRequestParameters();
    Double temperature = own.temperature() != null ? own.temperature() : common.temperature();
    Integer most = own.maxOutputTokens() != null ? own.maxOutputTokens() : common.maxOutputTokens();
    return span.with("gen_ai.request.temperature", temperature).with("gen_ai.request.max_tokens", most);
  }

  static void answered(LeadSpan span, Models.Model model, ChatResponse response) {
    if (!span.isTold()) return;
    Tokens tokens = Tokens.of(response.tokenUsage());
    span.with("gen_ai.response.id", response.id())
        .with("gen_ai.response.model", response.modelName())
        .with("gen_ai.usage.input_tokens", tokens.in())
        .with("gen_ai.usage.cache_read.input_tokens", tokens.cached())
        .with("gen_ai.usage.output_tokens", tokens.out());
    if (response.finishReason() != null) span.with("gen_ai.response.finish_reasons", List.of(word(response.finishReason())));
    if (model.price() != null) span.with("gen_ai.usage.cost", model.price().of(tokens) / 1e6);
  }

  private static String word(FinishReason reason) {
    return reason == FinishReason.TOOL_EXECUTION ? "tool_call" : reason.name().toLowerCase(Locale.ROOT);
  }

  private static LeadSpan about(LeadSpan span, Models.Model model, String operation) {
    return span.with("gen_ai.operation.name", operation)
        .with("gen_ai.provider.name", model.provider())
        .with("gen_ai.system", model.provider())
        .with("gen_ai.request.model", model.name());
  }

  private static Map<String, String> text(String content) {
    return Map.of("type", "text", "content", content);
  }

  private static String message(String role, String content) {
    return JSON.valueToTree(List.of(Map.of("role", role, "parts", List.of(text(content))))).toString();
  }
}
