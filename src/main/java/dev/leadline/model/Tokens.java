package dev.leadline.model;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.TokenUsage;

/**
 * What a model read and wrote.
 *
 * @param in all it read, cached and written included
 * @param cached the part that the provider had read before
 * @param written the part that it noted for the next time
 */
public record Tokens(int in, int cached, int written, int out) {

  static final Tokens NONE = new Tokens(0, 0, 0, 0);

  /** OpenAI counts cached tokens as a part of those read, Anthropic beside them. */
  public static Tokens of(TokenUsage used) {
    if (used == null) return NONE;
    int in = or0(used.inputTokenCount());
    int out = or0(used.outputTokenCount());
    return switch (used) {
      case OpenAiTokenUsage openAi when openAi.inputTokensDetails() != null ->
          new Tokens(in, Math.min(in, or0(openAi.inputTokensDetails().cachedTokens())), 0, out);
      case AnthropicTokenUsage anthropic -> {
        int cached = or0(anthropic.cacheReadInputTokens());
        int written = or0(anthropic.cacheCreationInputTokens());
        yield new Tokens(in + cached + written, cached, written, out);
      }
      default -> new Tokens(in, 0, 0, out);
    };
  }

  Tokens plus(Tokens more) {
    return new Tokens(in + more.in, cached + more.cached, written + more.written, out + more.out);
  }

  private static int or0(Integer count) {
    return count == null ? 0 : count;
  }
}
