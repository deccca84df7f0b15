package dev.leadline.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.service.V;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * A step's model as it is configured at the moment of the question. Every call to a model begins and ends here.
 */
public final class StepModel implements ChatModel {

  private final String step;
  private final Set<Capability> capabilities;
  private final Prompts prompts;

  public StepModel(String step, Set<Capability> capabilities, Prompts prompts) {
    this.step = step;
    this.capabilities = capabilities;
    this.prompts = prompts;
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return capabilities;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    Call call = Call.current().orElseThrow(
        () -> new IllegalStateException(step + " asks its model outside of a call"));
    ChatRequest asked = inWordsOf(call, request);
    call.toldAs(() -> GenAi.chat(call.model, asked));
    try {
      return chat(call, asked);
    } catch (RuntimeException e) {
      call.span().failed(Fault.of(e).name());
      throw e;
    } finally {
      call.span().close();
    }
  }

  private static ChatResponse chat(Call call, ChatRequest asked) {
    enter(call);
    ChatResponse response = null;
    try {
      call.watcher.progress("asking " + call.model.name());
      response = call.isWatched() && call.model.streaming() != null
          ? stream(call, call.model.streaming(), asked)
          : call.model.chat().chat(asked);
      GenAi.answered(call.span(), call.model, response);
      return response;
    } finally {
      call.model.gate().leave();
      call.said(asked, response);
      call.span().with("leadline.attempts", call.tries()).with("leadline.waited_ms", call.waited().toMillis());
    }
  }

  private static void enter(Call call) {
    long arrived = System.nanoTime();
    try {
      var left = call.left();
      var longest = call.model.longestWait();
      if (call.isWatched() && call.model.gate().waiting() > 0) call.watcher.progress("waiting for a turn");
      call.model.gate().enter(call.model.urgency(), left.compareTo(longest) < 0 ? left : longest);
    } finally {
      call.waited(System.nanoTime() - arrived);
    }
  }

  /** Notes what the prompt is filled with; returns the system prompt of the variant that is to be asked. */
  public String system(String plain, InvocationContext asked, Class<?> service) {
    Call call = Call.current().orElse(null);
    if (call == null || call.model.prompt() == null) return plain;
    call.variables = variables(asked, service);
    String template = prompts.of(step, call.model.prompt()).system();
    return template == null ? plain : filled(template, call.variables);
  }

  /** The user prompt of the variant in place of the plain one; what follows it (the form of the answer) stays. */
  private ChatRequest inWordsOf(Call call, ChatRequest request) {
    if (call.model.prompt() == null) return request;
    String before = prompts.of(step, null).user();
    String after = prompts.of(step, call.model.prompt()).user();
    if (before == null || after == null || before.equals(after)) return request;
    String plain = filled(before, call.variables);
    List<ChatMessage> messages = request.messages().stream()
        .map(message -> message instanceof UserMessage user && user.hasSingleText()
                && user.singleText().startsWith(plain)
            ? UserMessage.from(filled(after, call.variables) + user.singleText().substring(plain.length()))
            : message)
        .toList();
    return ChatRequest.builder().messages(messages).parameters(request.parameters()).build();
  }

  private static String filled(String template, Map<String, Object> variables) {
    return PromptTemplate.from(template).apply(variables).text();
  }

  private static Map<String, Object> variables(InvocationContext asked, Class<?> service) {
    Method method = Stream.of(service.getMethods())
        .filter(candidate -> candidate.getName().equals(asked.methodName()))
        .filter(candidate -> candidate.getParameterCount() == asked.methodArguments().size())
        .findFirst()
        .orElseThrow();
    var variables = new LinkedHashMap<String, Object>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      V name = method.getParameters()[i].getAnnotation(V.class);
      if (name != null) variables.put(name.value(), asked.methodArguments().get(i));
    }
    return variables;
  }

  /** Our HTTP client reads the stream in this very thread, so that everything is said when the call returns. */
  private static ChatResponse stream(Call call, StreamingChatModel model, ChatRequest request) {
    var response = new AtomicReference<ChatResponse>();
    var failure = new AtomicReference<Throwable>();
    model.chat(request, new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String more) {
        call.watcher.text(more);
      }

      @Override
      public void onCompleteResponse(ChatResponse complete) {
        response.compareAndSet(null, complete);
      }

      @Override
      public void onError(Throwable error) {
        failure.compareAndSet(null, error);
      }
    });
    if (failure.get() instanceof RuntimeException known) throw known;
    if (failure.get() != null) throw new IllegalStateException(failure.get());
    // A stream that ends without saying why has lost its end.
    if (response.get() == null || response.get().finishReason() == null) throw Fault.BROKEN_OFF.raise();
    return response.get();
  }
}
