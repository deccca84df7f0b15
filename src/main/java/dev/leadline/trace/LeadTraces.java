package dev.leadline.trace;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Map;

/**
 * One trace for each lead, from the form to the last mail.
 *
 * <p>Without a collector nothing is told, and asking costs nothing.
 */
public final class LeadTraces {

  private final Tracer tracer;
  private final TraceIds.Generator ids;
  private final boolean texts;

  LeadTraces(Tracer tracer, TraceIds.Generator ids, boolean texts) {
    this.tracer = tracer;
    this.ids = ids;
    this.texts = texts;
  }

  /** Tells nobody. */
  public static LeadTraces off() {
    return new LeadTraces(null, null, false);
  }

  public boolean on() {
    return tracer != null;
  }

  /** How the lead came in: the one span to which everything else in its trace belongs. */
  public LeadSpan root(String leadId, String name, Instant began) {
    if (tracer == null) return LeadSpan.NONE;
    var root = tracer.spanBuilder(name).setNoParent().setStartTimestamp(began).setSpanKind(SpanKind.SERVER);
    return new LeadSpan(this, ids.root(TraceIds.of(leadId), root::startSpan)).with("session.id", leadId);
  }

  /** Something that happens to the lead now, on this thread. */
  public LeadSpan begin(String leadId, String name) {
    if (tracer == null) return LeadSpan.NONE;
    return open(name, SpanKind.INTERNAL, TraceIds.of(leadId).asParent()).with("session.id", leadId);
  }

  /** Something that is over. */
  public void tell(String leadId, String name, Map<String, String> attributes, Instant began, Instant ended) {
    if (tracer == null) return;
    var span = tracer.spanBuilder(name).setParent(TraceIds.of(leadId).asParent()).setStartTimestamp(began).startSpan();
    span.setAttribute("session.id", leadId);
    attributes.forEach(span::setAttribute);
    span.end(ended);
  }

  LeadSpan open(String name, SpanKind kind, Context parent) {
    return new LeadSpan(this, tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan());
  }

  boolean texts() {
    return texts;
  }
}
