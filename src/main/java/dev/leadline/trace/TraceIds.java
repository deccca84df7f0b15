package dev.leadline.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The ids of a lead's trace, which follow from the lead's: so nothing needs to be carried from the form to the last
 * mail, through restarts and weeks of waiting.
 *
 * @param trace 32 hexadecimal digits
 * @param root 16 hexadecimal digits: the span to which all others belong
 */
record TraceIds(String trace, String root) {

  static TraceIds of(String leadId) {
    String hash = DigestUtils.sha256Hex("leadline/" + leadId);
    return new TraceIds(hash.substring(0, 32), hash.substring(32, 48));
  }

  /** The root span as a parent that began elsewhere. */
  Context asParent() {
    return Context.root().with(Span.wrap(
        SpanContext.createFromRemoteParent(trace, root, TraceFlags.getSampled(), TraceState.getDefault())));
  }

  /** Gives ids by chance, except to a span that is to be the root of a lead's trace. */
  static final class Generator implements IdGenerator {

    private final ThreadLocal<TraceIds> wanted = new ThreadLocal<>();
    private final IdGenerator random = IdGenerator.random();

    Span root(TraceIds ids, Supplier<Span> start) {
      wanted.set(ids);
      try {
        return start.get();
      } finally {
        wanted.remove();
      }
    }

    @Override
    public String generateTraceId() {
      TraceIds ids = wanted.get();
      return ids == null ? random.generateTraceId() : ids.trace;
    }

    @Override
    public String generateSpanId() {
      TraceIds ids = wanted.get();
      return ids == null ? random.generateSpanId() : ids.root;
    }
  }
}
