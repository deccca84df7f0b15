package dev.leadline.embedded.camunda.rest;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the server takes on at once: so many connections, one request of each at a time, and so many bytes of all
 * requests that are not answered yet. More than that is refused, so memory is bounded whatever callers send.
 */
final class Admission {
  private static final int CONNECTIONS = 2_000;
  private static final long BYTES = 48L << 20;

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** Answers in the place of the server, and ends the connection. */
  @FunctionalInterface
  interface Refusing {
    void refuse(ChannelHandlerContext context);
  }

  /** The handler for one connection, before the requests are put together. */
  ChannelDuplexHandler gate(Refusing refusing) {
    return new Gate(refusing);
  }

  private final class Gate extends ChannelDuplexHandler {
    private final Refusing refusing;
    private final Deque<Object> later = new ArrayDeque<>();
    private long held;
    private boolean counted;
    private boolean answering;
    private boolean refused;

    Gate(Refusing refusing) {
      this.refusing = refusing;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      counted = true;
      if (connections.incrementAndGet() > CONNECTIONS) {
        refuse(context);
      } else {
        context.fireChannelActive();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (refused) {
        ReferenceCountUtil.release(message);
      } else if (!later.isEmpty() || answering && message instanceof HttpRequest) {
        later.add(message);
        context.channel().config().setAutoRead(false);
      } else {
        pass(context, message);
      }
    }

    private void pass(ChannelHandlerContext context, Object message) {
      answering |= message instanceof HttpRequest;
      if (message instanceof HttpContent content) {
        int length = content.content().readableBytes();
        held += length;
        if (bytes.addAndGet(length) > BYTES) {
          ReferenceCountUtil.release(message);
          refuse(context);
          return;
        }
      }
      context.fireChannelRead(message);
    }

    private void refuse(ChannelHandlerContext context) {
      refused = true;
      giveBack();
      refusing.refuse(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      context.write(message, promise);
      if (message instanceof FullHttpResponse response && response.status().code() >= 200) {
        giveBack();
        answering = false;
        while (!refused && !later.isEmpty() && !(answering && later.peek() instanceof HttpRequest)) {
          pass(context, later.poll());
        }
        if (later.isEmpty()) {
          context.channel().config().setAutoRead(true);
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      giveBack();
      later.forEach(ReferenceCountUtil::release);
      later.clear();
      if (counted) {
        counted = false;
        connections.decrementAndGet();
      }
      context.fireChannelInactive();
    }

    private void giveBack() {
      bytes.addAndGet(-held);
      held = 0;
    }
  }
}
