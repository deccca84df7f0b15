package dev.leadline.model;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/**
 * One configured model in its provider's protocol, asked for a whole answer or for one in a stream. What is asked for
 * is said once; LangChain4j has a client for each of the two.
 */
record ModelClients(ChatModel whole, StreamingChatModel streaming) {

  /** Anthropic wants to be told. */
  private static final int ANTHROPIC_MAX_TOKENS = 2000;

  static ModelClients of(ModelSettings own, ModelHttp http) {
    return switch (own.provider()) {
      case NONE -> throw new IllegalStateException("no model");
      case OPENAI -> openAi(own, http);
      case ANTHROPIC -> anthropic(own, http);
      case OLLAMA -> ollama(own, http);
    };
  }

  private static ModelClients openAi(ModelSettings own, ModelHttp http) {
    String key = own.apiKey() == null ? "none" : own.apiKey();
    // Its newer models do not know the older word max_tokens.
    var parameters = asked(OpenAiChatRequestParameters.builder().maxCompletionTokens(own.maxTokens()), own);
    return new ModelClients(
        OpenAiChatModel.builder()
            .httpClientBuilder(http).baseUrl(url(own, null)).apiKey(key).defaultRequestParameters(parameters)
            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).strictJsonSchema(true).maxRetries(0).build(),
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http).baseUrl(url(own, null)).apiKey(key).defaultRequestParameters(parameters)
            .strictJsonSchema(true).build());
  }

  private static ModelClients anthropic(ModelSettings own, ModelHttp http) {
    int most = own.maxTokens() == null ? ANTHROPIC_MAX_TOKENS : own.maxTokens();
    var parameters = asked(ChatRequestParameters.builder().maxOutputTokens(most), own);
    return new ModelClients(
        AnthropicChatModel.builder()
            .httpClientBuilder(http).baseUrl(url(own, null)).apiKey(own.apiKey()).defaultRequestParameters(parameters)
            .cacheSystemMessages(true).maxRetries(0).build(),
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(http).baseUrl(url(own, null)).apiKey(own.apiKey()).defaultRequestParameters(parameters)
            .cacheSystemMessages(true).build());
  }

  private static ModelClients ollama(ModelSettings own, ModelHttp http) {
    String url = url(own, "http://localhost:11434");
    var parameters = asked(ChatRequestParameters.builder().maxOutputTokens(own.maxTokens()), own);
    return new ModelClients(
        OllamaChatModel.builder()
            .httpClientBuilder(http).baseUrl(url).defaultRequestParameters(parameters)
            .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA).maxRetries(0).build(),
        OllamaStreamingChatModel.builder()
            .httpClientBuilder(http).baseUrl(url).defaultRequestParameters(parameters).build());
  }

  private static ChatRequestParameters asked(DefaultChatRequestParameters.Builder<?> parameters, ModelSettings own) {
    return parameters.modelName(own.name()).temperature(own.temperature()).build();
  }

  private static String url(ModelSettings own, String otherwise) {
    return own.baseUrl() == null ? otherwise : own.baseUrl().toString();
  }
}
