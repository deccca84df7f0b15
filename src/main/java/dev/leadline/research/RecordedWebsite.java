package dev.leadline.research;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** The recorded websites of the sample leads' companies. No real host ends in .example. */
@Component
class RecordedWebsite implements Website {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  static boolean knows(URI address) {
    return address.getHost() != null && address.getHost().toLowerCase(Locale.ROOT).endsWith(".example");
  }

  @Override
  public Page read(URI address) {
    String host = SiteTour.site(address);
    String path = address.getPath() == null ? "" : address.getPath().replaceAll("^/|/$|\\.html$", "");
    String name = path.isEmpty() ? "index" : path;
    if (!NAME.matcher(host.replace(".example", "")).matches() || !NAME.matcher(name).matches())
      throw new Unreadable("not found");
    try (InputStream page = getClass().getResourceAsStream("/samples/sites/" + host + "/" + name + ".html")) {
      if (page == null) throw new Unreadable(name.equals("index") ? "the site does not answer" : "not found");
      return new Page(address, new String(page.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
