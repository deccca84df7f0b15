package dev.leadline.engine;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/** Calls to the engine wait on virtual threads: by default each of a burst of them takes a platform thread, twice. */
@Component
class OnVirtualThreads implements ClientInterceptor {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
    CallCredentials credentials = options.getCredentials();
    CallOptions light = options.withExecutor(threads);
    return next.newCall(method, credentials == null ? light : light.withCallCredentials(applied(credentials)));
  }

  private CallCredentials applied(CallCredentials credentials) {
    return new CallCredentials() {
      @Override
      public void applyRequestMetadata(RequestInfo request, Executor ignored, MetadataApplier applier) {
        credentials.applyRequestMetadata(request, threads, applier);
      }
    };
  }
}
