package dev.leadline.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.tracing.TracingProperties;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Who gets the traces, under the names that Spring Boot gives to such settings.
 *
 * <p>Spring Boot's own set-up would tell of every page view and health check, too, each as a trace of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({OtlpTracingProperties.class, TracingProperties.class})
class Collector implements DisposableBean {

  /** How long the end waits for a collector that does not answer, seconds. */
  private static final int PATIENCE = 2;

  private SdkTracerProvider spans;

  /**
   * @param texts whether what models are asked and say is told, redacted
   * @throws IllegalArgumentException for an endpoint that is no http or https address
   */
  @Bean
  LeadTraces leadTraces(
      OtlpTracingProperties otlp, TracingProperties settings,
      @Value("${spring.application.name}") String name,
      @Value("${leadline.trace.texts:false}") boolean texts) {
    if (otlp.getEndpoint() == null || otlp.getEndpoint().isBlank()) return LeadTraces.off();
    var exporter = OtlpHttpSpanExporter.builder()
        .setEndpoint(withPath(otlp.getEndpoint()))
        .setTimeout(otlp.getTimeout())
        .setConnectTimeout(otlp.getConnectTimeout())
        .setCompression(otlp.getCompression().name().toLowerCase(Locale.ROOT));
    otlp.getHeaders().forEach(exporter::addHeader);
    var ids = new TraceIds.Generator();
    spans = SdkTracerProvider.builder()
        .setIdGenerator(ids)
        // By the trace's id, so a lead is told of from beginning to end or not at all.
        .setSampler(Sampler.traceIdRatioBased(settings.getSampling().getProbability()))
        .setResource(Resource.getDefault().toBuilder().put(AttributeKey.stringKey("service.name"), name).build())
        // In the background, and what does not fit into its queue is left out: nobody waits for a collector.
        .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
        .build();
    return new LeadTraces(spans.get("dev.leadline"), ids, texts);
  }

  /** An address without a path means OTLP's own, as with OTEL_EXPORTER_OTLP_ENDPOINT. */
  private static String withPath(String endpoint) {
    String path = URI.create(endpoint).getPath();
    return path == null || path.isEmpty() || path.equals("/") ? URI.create(endpoint).resolve("/v1/traces").toString() : endpoint;
  }

  @Override
  public void destroy() {
    if (spans == null) return;
    spans.shutdown().join(PATIENCE, TimeUnit.SECONDS);
    spans = null;
  }
}
