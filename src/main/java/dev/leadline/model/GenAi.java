package dev.leadline.model;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.leadline.trace.LeadSpan;
import java.util.List;
import java.util.Locale;

/**
 * Models in traces, in the words of OpenTelemetry's conventions for generative AI; gen_ai.system is what
 * gen_ai.provider.name was called before, and gen_ai.usage.cost is Langfuse's word.
 */
public final class GenAi {

  private GenAi() {}

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

  /** What is said of a model wherever it is spoken of. */
  public static LeadSpan about(LeadSpan span, Models.Model model, String operation) {
    return span.with("gen_ai.operation.name", operation)
        .with("gen_ai.provider.name", model.provider())
        .with("gen_ai.system", model.provider())
        .with("gen_ai.request.model", model.name());
  }
}
