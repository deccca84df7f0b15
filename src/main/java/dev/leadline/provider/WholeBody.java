package dev.leadline.provider;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Receives a body of at most 2 MB; the JDK's own subscriber takes any. */
final class WholeBody implements BodySubscriber<byte[]> {

  static final String TOO_LARGE = "larger than 2 MB";
  private static final int MOST = 2_000_000;

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private Subscription subscription;
  private long received;

  static BodySubscriber<byte[]> of(ResponseInfo ignored) {
    return new WholeBody();
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    bytes.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) received += buffer.remaining();
    if (received > MOST) {
      subscription.cancel();
      bytes.onError(new IOException(TOO_LARGE));
    } else {
      bytes.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    bytes.onError(failure);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
