package dev.leadline.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * Something that happens to a lead, with its beginning and end, as the lead's trace tells it. What the thread that
 * opened it does until it is closed can be told as its children.
 *
 * <p>Nothing personal belongs into a name or an attribute: collectors are run by others and keep what they get.
 */
public final class LeadSpan implements AutoCloseable {

  /** Tells nobody, and neither do its children. */
  public static final LeadSpan NONE = new LeadSpan();

  private static final ContextKey<LeadSpan> CURRENT = ContextKey.named("lead-span");
  private static final String LOGGED = "traceId";

  private final LeadTraces traces;
  private final Span span;
  private final Scope scope;
  private final String loggedBefore;
  private boolean failed;

  private LeadSpan() {
    traces = null;
    span = Span.getInvalid();
    scope = Scope.noop();
    loggedBefore = null;
  }

  LeadSpan(LeadTraces traces, Span span) {
    this.traces = traces;
    this.span = span;
    this.scope = Context.current().with(span).with(CURRENT, this).makeCurrent();
    this.loggedBefore = MDC.get(LOGGED);
    MDC.put(LOGGED, span.getSpanContext().getTraceId());
  }

  /** What the current thread is doing for a lead; {@link #NONE} when nobody is told. */
  public static LeadSpan current() {
    LeadSpan current = Context.current().get(CURRENT);
    return current == null ? NONE : current;
  }

  /** A part of it, which is the current thread's until it is closed. */
  public LeadSpan child(String name) {
    return child(name, SpanKind.INTERNAL);
  }

  /** A part of it in which somebody else is asked. */
  public LeadSpan request(String name) {
    return child(name, SpanKind.CLIENT);
  }

  private LeadSpan child(String name, SpanKind kind) {
    return traces == null ? NONE : traces.open(name, kind, Context.root().with(span));
  }

  /** Whether anybody is told; saves what it costs to find out what to tell. */
  public boolean isTold() {
    return traces != null;
  }

  /** Whether what models are asked and say may be told too. */
  public boolean maySayTexts() {
    return traces != null && traces.texts();
  }

  /** @param value null is left out; likewise below */
  public LeadSpan with(String attribute, String value) {
    if (traces != null && value != null) span.setAttribute(attribute, value);
    return this;
  }

  public LeadSpan with(String attribute, Integer value) {
    return with(attribute, value == null ? null : Long.valueOf(value));
  }

  public LeadSpan with(String attribute, Long value) {
    if (traces != null && value != null) span.setAttribute(attribute, value);
    return this;
  }

  public LeadSpan with(String attribute, Double value) {
    if (traces != null && value != null) span.setAttribute(attribute, value);
    return this;
  }

  public LeadSpan with(String attribute, List<String> values) {
    if (traces != null && values != null) span.setAttribute(AttributeKey.stringArrayKey(attribute), values);
    return this;
  }

  /**
   * Says that it failed; whoever says it first knows best.
   *
   * @param kind of failure, not its message
   */
  public LeadSpan failed(String kind) {
    if (traces == null || failed) return this;
    failed = true;
    span.setStatus(StatusCode.ERROR).setAttribute("error.type", kind);
    return this;
  }

  /** Does the work in it and closes it; when the work throws, it has failed. */
  public <T> T around(Function<LeadSpan, T> work) {
    try {
      return work.apply(this);
    } catch (RuntimeException e) {
      failed(e.getClass().getSimpleName());
      throw e;
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    if (traces == null) return;
    span.end();
    scope.close();
    if (loggedBefore == null) MDC.remove(LOGGED);
    else MDC.put(LOGGED, loggedBefore);
  }
}
