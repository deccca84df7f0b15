package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses what a web site makes a browser send here: no page calls the engine, and whoever opens a page must not thereby
 * deploy a table or cancel a journey. Programs that are no browsers send neither an origin nor where they are.
 */
final class NoPages {

  private static final Pattern PORT = Pattern.compile(":\\d*$");
  private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  /** Whether only this machine reaches the server; then a foreign name for it is an attack by DNS. */
  private final boolean local;

  NoPages(boolean local) {
    this.local = local;
  }

  /** @throws Refusal when a browser sent it for a page, or asked for this machine by a foreign name */
  void require(HttpHeaders headers) {
    String site = headers.get("Sec-Fetch-Site", "none");
    if (headers.contains(HttpHeaderNames.ORIGIN) || !site.equals("none"))
      throw Refusal.of(Refusal.Kind.FORBIDDEN, "Pages of web sites may not call the engine.");
    if (local && !known(headers.get(HttpHeaderNames.HOST, "localhost").toLowerCase(Locale.ROOT)))
      throw Refusal.of(Refusal.Kind.FORBIDDEN, "This machine is localhost or an IP address; no other name is served here.");
  }

  private static boolean known(String host) {
    String name = PORT.matcher(host).replaceFirst("");
    return name.equals("localhost") || name.endsWith(".localhost") || ADDRESS.matcher(name).matches();
  }
}
