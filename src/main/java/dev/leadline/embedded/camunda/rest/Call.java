package dev.leadline.embedded.camunda.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.commands.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One HTTP request and the way to answer it. */
final class Call {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ChannelHandlerContext context;
  private final Caller caller;
  private final FullHttpRequest request;
  private final QueryStringDecoder uri;
  private final boolean keepAlive;
  private Map<String, String> parameters = Map.of();

  Call(ChannelHandlerContext context, Caller caller, FullHttpRequest request) {
    this.context = context;
    this.caller = caller;
    this.request = request;
    uri = new QueryStringDecoder(request.uri());
    keepAlive = HttpUtil.isKeepAlive(request);
  }

  String method() {
    return request.method().name();
  }

  String path() {
    return uri.path();
  }

  FullHttpRequest request() {
    return request;
  }

  void parameters(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  String parameter(String name) {
    return parameters.get(name);
  }

  /** The key in the path. */
  long key(String name) {
    try {
      return Long.parseLong(parameters.get(name));
    } catch (NumberFormatException e) {
      throw Refusal.unreadable("Failed to convert '%s' with value: '%s'".formatted(name, parameters.get(name)));
    }
  }


  boolean query(String name, boolean absent) {
    List<String> values = uri.parameters().get(name);
    return values == null ? absent : Boolean.parseBoolean(values.getFirst());
  }

  String mediaType() {
    return request.headers().get(HttpHeaderNames.CONTENT_TYPE);
  }

  /** The JSON object of a request that must have one. */
  Body body(String... properties) {
    if (!request.content().isReadable()) {
      throw Refusal.unreadable("Required request body is missing");
    }
    return optionalBody(properties);
  }

  /** The JSON object of the request, empty if there is none; it may have these properties only. */
  Body optionalBody(String... properties) {
    return any().only(properties);
  }

  /** The JSON object of the request with whatever properties. */
  Body any() {
    if (!request.content().isReadable()) {
      return Body.EMPTY;
    }
    String mediaType = mediaType();
    if (mediaType == null || !mediaType.matches("(?i)application/([\\w.-]+\\+)?json\\b.*")) {
      throw Refusal.of(
          Refusal.Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type '%s' is not supported.".formatted(mediaType));
    }
    JsonNode json;
    try {
      json = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw Refusal.unreadable("Failed to read request");
    }
    if (!json.isObject()) {
      throw Refusal.unreadable("Failed to read request");
    }
    return new Body(json);
  }

  void json(int status, Object value) {
    try {
      respond(status, "application/json", JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer made of plain values cannot fail.", e);
    }
  }

  void empty(int status) {
    respond(status, null, new byte[0]);
  }

  void text(String mediaType, String text) {
    respond(200, mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  void problem(Refusal refusal) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", refusal.title());
    problem.put("status", refusal.kind().status);
    problem.put("detail", refusal.getMessage());
    problem.put("instance", path());
    try {
      respond(refusal.kind().status, "application/problem+json", JSON.writeValueAsBytes(problem));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer made of plain values cannot fail.", e);
    }
  }

  private void respond(int status, String mediaType, byte[] content) {
    caller.awaits(null);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content));
    if (mediaType != null) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, mediaType);
    }
    if (status != 204) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, content.length);
    }
    if (keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
      context.writeAndFlush(response);
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Whether the caller is still there. */
  boolean open() {
    return context.channel().isActive();
  }

  /** Runs the action if the caller goes away before this call is answered. */
  void whenGone(Runnable action) {
    caller.awaits(action);
    if (!open()) {
      caller.left();
    }
  }

  /** Who is at the other end of a connection, and what to do when it breaks. */
  static final class Caller {
    private Runnable whenGone;

    private synchronized void awaits(Runnable action) {
      whenGone = action;
    }

    synchronized void left() {
      Runnable action = whenGone;
      whenGone = null;
      if (action != null) {
        action.run();
      }
    }
  }
}
