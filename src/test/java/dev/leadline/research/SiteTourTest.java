package dev.leadline.research;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.guard.InjectionGuard;
import dev.leadline.research.Website.Page;
import dev.leadline.research.Website.Unreadable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTourTest {

  private final List<String> asked = new ArrayList<>();

  @Test
  void atMostFourPagesOfTheSameSiteAreReadTheBestFirst() {
    var tour = tour(Map.of("/", """
        <a href="/careers">Careers</a> <a href="/news">News</a> <a href="/customers">Customers</a>
        <a href="/products#top">Products</a> <a href="about">About us</a> <a href="https://other.test/about">About</a>
        <a href="mailto:a@b.test">About</a> <a href="/imprint">Imprint</a> <p>We make things.</p>"""))
        .of("acme.test");

    assertThat(asked).containsExactly(
        "https://acme.test", "https://acme.test/about", "https://acme.test/products", "https://acme.test/customers");
    assertThat(tour.pages()).hasSize(4);
  }

  @Test
  void aPageThatLeadsElsewhereIsNotTheCompanys() {
    Website moved = address -> new Page(
        URI.create(address.getPath().isEmpty() ? "https://www.acme.test/" : "https://social.test/acme"),
        "<a href=/about>About</a><p>Hello.</p>");

    var tour = new SiteTour(moved, new RecordedWebsite(), new SiteRules(), new InjectionGuard()).of("acme.test");

    assertThat(tour.pages()).hasSize(1);
    assertThat(tour.visits()).last().extracting(Dossier.Visit::outcome).isEqualTo("leads to another site");
  }

  @Test
  void textIsReadBlockByBlockWithoutFurniture() {
    var text = PageText.of("""
        <title>Acme</title><nav>Home About</nav><script>var x</script><div>We make nails.
        <div>And <b>good</b> screws</div>
        </div><ul><li>One</li><li>Two</li></ul><p hidden>secret</p><div class="cookie-banner">We use cookies</div>""");

    assertThat(text.sentences()).containsExactly("We make nails.", "And good screws", "One", "Two");
  }

  private SiteTour tour(Map<String, String> pages) {
    Website site = address -> {
      asked.add(address.toString());
      if (asked.size() > 4) throw new Unreadable("too many");
      String path = address.getPath().isEmpty() ? "/" : address.getPath();
      return new Page(address, pages.getOrDefault(path, "<p>Page " + path + "</p>"));
    };
    return new SiteTour(site, new RecordedWebsite(), new SiteRules(), new InjectionGuard());
  }
}
