package dev.leadline.research;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.leadline.research.Dossier.Visit;
import dev.leadline.research.Website.Page;
import dev.leadline.research.Website.Unreadable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /** A company is not visited again for each colleague who writes within the hour. */
  private final Cache<String, Tour> recent =
      Caffeine.newBuilder().maximumSize(500).expireAfterWrite(Duration.ofHours(1)).build();

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
  record Tour(List<Read> pages, List<Visit> visits) {}

  /** What a page says, without sentences that were written for machines. */
  record Read(URI address, PageText text) {}

  /** Never fails: a site that cannot be read is a visit without pages. */
  Tour of(String website) {
    String key = website == null ? "" : website.strip().toLowerCase(Locale.ROOT);
    Tour known = recent.getIfPresent(key);
    if (known != null) return known;
    Tour tour = visit(website);
    if (!tour.pages().isEmpty()) recent.put(key, tour);
    return tour;
  }

  private Tour visit(String website) {
    var pages = new ArrayList<Read>();
    var visits = new ArrayList<Visit>();
    if (website == null || website.isBlank()) return new Tour(pages, visits);
    URI home = address(website.strip());
    if (home == null) return new Tour(pages, List.of(new Visit(website, "not a web address")));
    read(home, pages, visits)
        .ifPresent(page -> links(page).forEach(next -> read(next, pages, visits)));
    return new Tour(pages, visits);
  }

  private Optional<Page> read(URI address, List<Read> pages, List<Visit> visits) {
    try {
      Look look = look(address);
      if (!pages.isEmpty() && !sameSite(look.page().address(), pages.getFirst().address()))
        throw new Unreadable("leads to another site");
      pages.add(look.read());
      visits.add(new Visit(address.toString(), look.outcome()));
      return Optional.of(look.page());
    } catch (Unreadable e) {
      visits.add(new Visit(address.toString(), e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * One page.
   *
   * @param outcome in words, like that of a visit
   */
  record Look(Page page, Read read, String outcome) {

    /** Where the page leads within its site. */
    List<URI> links() {
      return Jsoup.parse(page.html(), page.address().toString()).select("a[href]").stream()
          .map(link -> address(link.absUrl("href").replaceFirst("#.*$", "")))
          .filter(link -> link != null && sameSite(link, page.address()) && !samePage(link, page.address()))
          .distinct()
          .toList();
    }
  }

  /** @throws Unreadable when there is no text to be had, for whatever reason */
  Look look(URI address) {
    Page page = (RecordedWebsite.knows(address) ? recorded : internet).read(address);
    PageText all = PageText.of(page.html());
    PageText text = all.without(rules::addressesMachines);
    int leftOut = all.sentences().size() - text.sentences().size();
    String outcome = leftOut == 0
        ? "read, %d sentences".formatted(text.sentences().size())
        : "read, but what it says to machines was left out (%d of %d sentences)"
            .formatted(leftOut, all.sentences().size());
    return new Look(page, new Read(page.address(), text), outcome);
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

  /** The web address that a text is, https when it does not say; null when it is none. */
  static URI address(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    String full = lower.startsWith("http://") || lower.startsWith("https://") ? text : "https://" + text;
    try {
      URI address = URI.create(full);
      return address.getHost() == null || address.getUserInfo() != null ? null : address;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static boolean sameSite(URI a, URI b) {
    return site(a).equals(site(b));
  }

  private static String site(URI address) {
    return address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
  }

  static boolean samePage(URI a, URI b) {
    return path(a).equals(path(b));
  }

  private static String path(URI address) {
    return address.getPath() == null ? "" : address.getPath().replaceAll("/(index\\.html)?$", "");
  }
}
