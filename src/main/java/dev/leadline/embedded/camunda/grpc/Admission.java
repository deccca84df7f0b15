package dev.leadline.embedded.camunda.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the server takes on at once: so many calls, and so many bytes of all that are not answered yet. */
final class Admission implements ServerInterceptor {
  private static final int CALLS = 4_000;
  /** The calls that workers wait in for jobs leave room for those in which they tell what became of them. */
  private static final int CALLS_BEFORE_WAITING = 3_000;
  private static final Set<String> WAITING = Set.of("ActivateJobs", "StreamActivatedJobs");

  private static final long BYTES = 48L << 20;
  private static final Status BUSY =
      Status.RESOURCE_EXHAUSTED.withDescription("The server takes no more at once, try again later.");

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    boolean waits = WAITING.contains(call.getMethodDescriptor().getBareMethodName());
    if (calls.incrementAndGet() > (waits ? CALLS_BEFORE_WAITING : CALLS) || bytes.get() > BYTES) {
      calls.decrementAndGet();
      call.close(BUSY, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Admitted admitted = new Admitted();
    ServerCall<Q, A> counted =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            admitted.end();
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
      @Override
      public void onMessage(Q message) {
        admitted.holds(((MessageLite) message).getSerializedSize());
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        admitted.end();
        super.onCancel();
      }
    };
  }

  /** One call and the size of its request. */
  private final class Admitted {
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long size;

    void holds(long length) {
      size = length;
      bytes.addAndGet(length);
    }

    void end() {
      if (ended.compareAndSet(false, true)) {
        calls.decrementAndGet();
        bytes.addAndGet(-size);
      }
    }
  }
}
