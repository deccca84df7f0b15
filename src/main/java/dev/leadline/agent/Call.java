package dev.leadline.agent;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.output.TokenUsage;

/**
 * What one question to a model used, while it is being asked.
 *
 * <p>Bound to the thread: between a step's question and the HTTP client lie layers that carry nothing of ours.
 */
final class Call {

  private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

  private int tries;
  private int tokensIn;
  private int tokensOut;

  static Call start() {
    Call call = new Call();
    CURRENT.set(call);
    return call;
  }

  static void end() {
    CURRENT.remove();
  }

  /** Counts a request that goes out. */
  static void tried() {
    Call call = CURRENT.get();
    if (call != null) call.tries++;
  }

  /** Counts the tokens of every answer. */
  static ChatModelListener tokens() {
    return new ChatModelListener() {
      @Override
      public void onResponse(ChatModelResponseContext context) {
        TokenUsage used = context.chatResponse().tokenUsage();
        Call call = CURRENT.get();
        if (call == null || used == null) return;
        if (used.inputTokenCount() != null) call.tokensIn += used.inputTokenCount();
        if (used.outputTokenCount() != null) call.tokensOut += used.outputTokenCount();
      }
    };
  }

  int tries() {
    return tries;
  }

  int tokensIn() {
    return tokensIn;
  }

  int tokensOut() {
    return tokensOut;
  }
}
