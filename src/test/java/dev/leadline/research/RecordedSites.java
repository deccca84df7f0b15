package dev.leadline.research;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.context.support.GenericApplicationContext;

/** Further recorded websites, beside those of the sample leads. */
public final class RecordedSites extends RecordedWebsite {

  private final Map<String, Map<String, String>> pages;

  /** @param pages HTML by host (without www) and page; the home page is "index" */
  private RecordedSites(Map<String, Map<String, String>> pages) {
    this.pages = pages;
  }

  /** Lets the steps find these sites. */
  public static Consumer<GenericApplicationContext> of(Map<String, Map<String, String>> pages) {
    return context -> context.registerBean(
        "recordedSites", RecordedWebsite.class, () -> new RecordedSites(pages), bean -> bean.setPrimary(true));
  }

  @Override
  public Page read(URI address) {
    var site = pages.get(address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", ""));
    if (site == null) return super.read(address);
    String path = address.getPath() == null ? "" : address.getPath().replaceAll("^/|/$", "");
    String html = site.get(path.isEmpty() ? "index" : path);
    if (html == null) throw new Unreadable("not found");
    return new Page(address, html);
  }
}
