package dev.leadline.research;

import dev.leadline.research.Dossier.Visit;
import dev.leadline.research.Website.Page;
import dev.leadline.research.Website.Unreadable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A short visit to a company's website: its home page and at most three more that tell about the company. */
@Component
class SiteTour {

  private static final int MORE_PAGES = 3;

  private final Website internet;
  private final Website recorded;
  private final SiteRules rules;

  @Autowired
  SiteTour(HttpWebsite internet, RecordedWebsite recorded, SiteRules rules) {
    this((Website) internet, recorded, rules);
  }

  SiteTour(Website internet, Website recorded, SiteRules rules) {
    this.internet = internet;
    this.recorded = recorded;
    this.rules = rules;
  }

  /** What was read, and every page that was tried. */
  record Tour(List<Page> pages, List<Visit> visits) {}

  /** Never fails: a site that cannot be read is a visit without pages. */
  Tour of(String website) {
    var pages = new ArrayList<Page>();
    var visits = new ArrayList<Visit>();
    if (website == null || website.isBlank()) return new Tour(pages, visits);
    URI home = address(website.strip());
    if (home == null) return new Tour(pages, List.of(new Visit(website, "not a web address")));
    read(home, pages, visits);
    if (pages.isEmpty()) return new Tour(pages, visits);
    for (URI next : links(pages.getFirst())) {
      if (visits.size() > MORE_PAGES) break;
      read(next, pages, visits);
    }
    return new Tour(pages, visits);
  }

  private void read(URI address, List<Page> pages, List<Visit> visits) {
    try {
      Page page = (RecordedWebsite.knows(address) ? recorded : internet).read(address);
      boolean elsewhere = !pages.isEmpty() && !sameSite(page.address(), pages.getFirst().address());
      if (!elsewhere) pages.add(page);
      visits.add(new Visit(
          address.toString(),
          elsewhere ? "leads to another site" : "read, %d characters".formatted(page.html().length())));
    } catch (Unreadable e) {
      visits.add(new Visit(address.toString(), e.getMessage()));
    }
  }

  /** Links within the site that promise something about the company, the most promising first. */
  private List<URI> links(Page home) {
    Map<URI, Integer> promising = new LinkedHashMap<>();
    for (var link : Jsoup.parse(home.html(), home.address().toString()).select("a[href]")) {
      URI address = address(link.absUrl("href").replaceFirst("#.*$", ""));
      if (address == null || !sameSite(address, home.address()) || samePage(address, home.address())) continue;
      int promise = rules.promiseOf(link.text() + " " + address.getPath());
      if (promise > 0) promising.merge(address, promise, Math::max);
    }
    return promising.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .limit(MORE_PAGES)
        .toList();
  }

  private static URI address(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String full = lower.startsWith("http://") || lower.startsWith("https://") ? text : "https://" + text;
    try {
      URI address = URI.create(full);
      return address.getHost() == null || address.getUserInfo() != null ? null : address;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean sameSite(URI a, URI b) {
    return site(a).equals(site(b));
  }

  private static String site(URI address) {
    return address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
  }

  private static boolean samePage(URI a, URI b) {
    return path(a).equals(path(b));
  }

  private static String path(URI address) {
    return address.getPath() == null ? "" : address.getPath().replaceAll("/(index\\.html)?$", "");
  }
}
