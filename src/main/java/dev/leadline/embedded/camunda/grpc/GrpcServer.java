package dev.leadline.embedded.camunda.grpc;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.commands.Broker;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The gateway's gRPC API. */
public final class GrpcServer implements AutoCloseable {
  private static final int MAX_REQUEST = 4 << 20;

  private final Server server;

  public GrpcServer(Broker broker, String host, int port) {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .directExecutor() // no call waits for anything
            .maxInboundMessageSize(MAX_REQUEST)
            .permitKeepAliveTime(5, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(new GatewayService(broker))
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw EmbeddedFailure.portTaken(host, port, "leadline.embedded.camunda.grpc-port");
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
