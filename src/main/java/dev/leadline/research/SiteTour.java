package dev.leadline.research;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.leadline.agent.BeginsAnew;
import dev.leadline.guard.InjectionGuard;
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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A short visit to a company's website: its home page and at most three more that tell about the company. */
@Component
class SiteTour implements BeginsAnew {

  private static final int MORE_PAGES = 3;

  private final Website internet;
  private final Website recorded;
  private final SiteRules rules;
  private final InjectionGuard guard;

  /** A company is not visited again for each colleague who writes within the hour. */
  private final Cache<String, Tour> recent =
      Caffeine.newBuilder().maximumSize(500).expireAfterWrite(Duration.ofHours(1)).build();

  @Autowired
  SiteTour(HttpWebsite internet, RecordedWebsite recorded, SiteRules rules, InjectionGuard guard) {
    this((Website) internet, recorded, rules, guard);
  }

  SiteTour(Website internet, Website recorded, SiteRules rules, InjectionGuard guard) {
    this.internet = internet;
    this.recorded = recorded;
    this.rules = rules;
    this.guard = guard;
  }

  /** What was read, and every page that was tried. */
  record Tour(List<Read> pages, List<Visit> visits) {}

  /**
   * What a page says, without sentences that were written for machines.
   *
   * @param taint what on it speaks to machines, also where no reader sees it; null when nothing does
   */
  record Read(URI address, PageText text, String taint) {}

  /** Never fails: a site that cannot be read is a visit without pages. */
  Tour of(String website) {
    String key = website == null ? "" : website.strip().toLowerCase(Locale.ROOT);
    Tour known = recent.getIfPresent(key);
    if (known != null) return known;
    Tour tour = visit(website);
    if (!tour.pages().isEmpty()) recent.put(key, tour);
    return tour;
  }

  @Override
  public String step() {
    return ResearchLead.STEP;
  }

  @Override
  public void beginAnew() {
    recent.invalidateAll();
  }

  private Tour visit(String website) {
    var pages = new ArrayList<Read>();
    var visits = new ArrayList<Visit>();
    if (website == null || website.isBlank()) return new Tour(pages, visits);
    URI home = address(website.strip());
    if (home == null) return new Tour(pages, List.of(new Visit(website, "not a web address")));
    read(home, pages, visits)
        .ifPresent(page -> promising(page).forEach(next -> read(next, pages, visits)));
    return new Tour(pages, visits);
  }

  private Optional<Page> read(URI address, List<Read> pages, List<Visit> visits) {
    try {
      Look look = look(address);
      if (!pages.isEmpty() && !sameSite(look.page().address(), pages.getFirst().address()))
        throw new Unreadable("leads to another site");
      pages.add(look.read());
      visits.add(new Visit(address.toString(), look.outcome(), look.read().taint()));
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
      return SiteTour.links(page).map(Link::to).distinct().toList();
    }
  }

  /** @throws Unreadable when there is no text to be had, for whatever reason */
  Look look(URI address) {
    Page page = (RecordedWebsite.knows(address) ? recorded : internet).read(address);
    PageText all = PageText.of(page.html());
    var seen = guard.read(all.sentences());
    var unseen = guard.read(all.unseen());
    boolean title = guard.sign(all.title()).isPresent();
    PageText text = new PageText(title ? "" : all.title(), seen.kept(), List.of());
    String taint = Stream.of(seen.taint(), unseen.taint(), guard.sign(all.title()).orElse(null))
        .filter(Objects::nonNull).findFirst().orElse(null);
    return new Look(page, new Read(page.address(), text, taint), outcome(all, text, taint));
  }

  private static String outcome(PageText all, PageText text, String taint) {
    int leftOut = all.sentences().size() - text.sentences().size();
    if (leftOut > 0)
      return "read, but what it says to machines was left out (%d of %d sentences)"
          .formatted(leftOut, all.sentences().size());
    String read = "read, " + ResearchLead.counted(text.sentences().size(), "sentence");
    return taint == null ? read : read + "; where no reader sees it, it speaks to machines";
  }

  private record Link(URI to, String words) {}

  private static Stream<Link> links(Page page) {
    return Jsoup.parse(page.html(), page.address().toString()).select("a[href]").stream()
        .map(link -> new Link(address(link.absUrl("href").replaceFirst("#.*$", "")), link.text()))
        .filter(link -> link.to() != null && sameSite(link.to(), page.address()) && !samePage(link.to(), page.address()));
  }

  /** Links within the site that promise something about the company, the most promising first. */
  private List<URI> promising(Page home) {
    Map<URI, Integer> promising = new LinkedHashMap<>();
    links(home).forEach(link -> {
      int promise = rules.promiseOf(link.words() + " " + link.to().getPath());
      if (promise > 0) promising.merge(link.to(), promise, Math::max);
    });
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

  /** The host, without "www.". */
  static String site(URI address) {
    return address.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
  }

  static boolean samePage(URI a, URI b) {
    return path(a).equals(path(b));
  }

  private static String path(URI address) {
    return address.getPath() == null ? "" : address.getPath().replaceAll("/(index\\.html)?$", "");
  }
}
