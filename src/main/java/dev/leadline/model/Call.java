package dev.leadline.model;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.leadline.trace.LeadSpan;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One question to a model while it is being asked: what it may use, what it has used, what was said.
 *
 * <p>Bound to the thread: between a step's question and the HTTP client lie layers that carry nothing of ours.
 */
public final class Call {

  /** The engine hands a job to somebody else after two minutes. */
  private static final Duration LONGEST = Duration.ofSeconds(110);

  private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();
  private static final ThreadLocal<Watcher> WATCHER = ThreadLocal.withInitial(() -> Watcher.NOBODY);

  /** Somebody who waits for an answer and likes to see it grow. */
  public interface Watcher {

    Watcher NOBODY = new Watcher() {
      @Override
      public void progress(String what) {}

      @Override
      public void text(String more) {}
    };

    void progress(String what);

    void text(String more);
  }

  final Models.Model model;
  final Watcher watcher = WATCHER.get();
  private final long started = System.nanoTime();
  private final StringBuilder system = new StringBuilder();
  private final StringBuilder asked = new StringBuilder();
  private final StringBuilder answered = new StringBuilder();
  private Supplier<LeadSpan> toldAs = () -> LeadSpan.NONE;
  private LeadSpan span = LeadSpan.NONE;
  private int tries;
  private long waited;
  private Tokens tokens = Tokens.NONE;

  /** Of the prompt that is being asked, for a variant of it. */
  Map<String, Object> variables = Map.of();

  private Call(Models.Model model) {
    this.model = model;
  }

  public static Call begin(Models.Model model) {
    Call call = new Call(model);
    CURRENT.set(call);
    return call;
  }

  public static void end() {
    CURRENT.remove();
  }

  static Optional<Call> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Lets somebody watch the questions that this thread asks meanwhile. */
  public static <T> T watched(Watcher watcher, Supplier<T> work) {
    WATCHER.set(watcher);
    try {
      return work.get();
    } finally {
      WATCHER.remove();
    }
  }

  boolean isWatched() {
    return watcher != Watcher.NOBODY;
  }

  /** How the next call is told of; what is held back before its first try is not told at all. */
  void toldAs(Supplier<LeadSpan> next) {
    toldAs = next;
    span = LeadSpan.NONE;
  }

  /** The call that is under way, or was the last. */
  LeadSpan span() {
    return span;
  }

  /** Counts a request that goes out. */
  void tried() {
    tries++;
    if (span == LeadSpan.NONE) span = toldAs.get();
  }

  void waited(long nanos) {
    waited += nanos;
  }

  void said(ChatRequest request, ChatResponse response) {
    for (ChatMessage message : request.messages()) {
      switch (message) {
        case SystemMessage text -> add(system, text.text());
        case UserMessage text when text.hasSingleText() -> add(asked, text.singleText());
        default -> add(asked, message.toString());
      }
    }
    if (response == null) return;
    add(answered, response.aiMessage().text() == null ? response.aiMessage().toString() : response.aiMessage().text());
    tokens = tokens.plus(Tokens.of(response.tokenUsage()));
  }

  private static void add(StringBuilder text, String more) {
    text.append(text.isEmpty() ? "" : "\n\n").append(more);
  }

  /** Until somebody else gets the job. */
  Duration left() {
    return LONGEST.minusNanos(System.nanoTime() - started);
  }

  public Duration took() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  public Duration waited() {
    return Duration.ofNanos(waited);
  }

  public int tries() {
    return tries;
  }

  public Tokens tokens() {
    return tokens;
  }

  public String system() {
    return system.toString();
  }

  public String asked() {
    return asked.toString();
  }

  public String answered() {
    return answered.toString();
  }
}
