package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.view.InvalidQuery;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Orchestration Cluster REST API v2 on Netty, so that a worker that goes away is noticed at once. */
public final class RestServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final int MAX_REQUEST = 8 << 20;

  private final EventLoopGroup loops = new NioEventLoopGroup(2, new DefaultThreadFactory("engine-rest", true));
  private final Admission admission = new Admission();
  private final Router router;
  private final NoPages noPages;
  private final Channel channel;

  public RestServer(Broker broker, String host, int port, boolean testing) {
    router = Endpoints.router(broker, testing);
    noPages = new NoPages(new InetSocketAddress(host, port).getAddress() instanceof InetAddress address && address.isLoopbackAddress());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel connection) {
                connection.pipeline().addLast(
                    new HttpServerCodec(8192, 16384, 8192),
                    admission.gate(RestServer::refuse),
                    new HttpServerExpectContinueHandler(),
                    new Aggregator(),
                    new Handler());
              }
            });
    try {
      channel = bootstrap.bind(host, port).syncUninterruptibly().channel();
    } catch (Exception e) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw EmbeddedFailure.portTaken(host, port, "leadline.embedded.camunda.rest-port");
    }
  }

  private static void refuse(ChannelHandlerContext context) {
    Refusal busy = Refusal.of(Refusal.Kind.RESOURCE_EXHAUSTED, "The server takes no more at once, try again later.");
    context.writeAndFlush(Call.response(busy, "")).addListener(ChannelFutureListener.CLOSE);
  }

  /** Puts the parts of a request together, and refuses what is far too long with a problem. */
  private static final class Aggregator extends HttpObjectAggregator {

    Aggregator() {
      super(MAX_REQUEST);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
      Refusal tooLarge =
          Refusal.of(Refusal.Kind.TOO_LARGE, "The request is larger than the %d bytes that are read.".formatted(MAX_REQUEST));
      context.writeAndFlush(Call.response(tooLarge, "")).addListener(ChannelFutureListener.CLOSE);
    }
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Call.Caller caller = new Call.Caller();

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      request.retain();
      Thread.startVirtualThread(() -> {
        try {
          answer(new Call(context, caller, request), request.headers());
        } finally {
          ReferenceCountUtil.release(request);
        }
      });
    }

    private void answer(Call call, HttpHeaders headers) {
      try {
        noPages.require(headers);
        router.answer(call);
      } catch (InvalidQuery e) {
        call.problem(e.isUnreadable() ? Refusal.unreadable(e.getMessage()) : Refusal.invalid(e.getMessage()));
      } catch (Exception e) {
        Refusal refusal = Refusal.of(e);
        if (refusal.isUnexpected()) {
          LOG.error("{} {} failed.", call.method(), call.path(), e);
        }
        call.problem(refusal);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      Thread.startVirtualThread(caller::left);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.debug("A connection broke: {}", cause.getMessage());
      context.close();
    }
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
