package dev.leadline.enrichment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The sandbox's web: a search over the recorded websites of the samples, nothing else. */
@Component
class SandboxSearch implements WebSearch {

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SNIPPET = 200;

  private final List<Site> sites = read();

  private record Site(Hit hit, Set<String> words, Set<String> title) {
    private long hits(List<String> asked) {
      return asked.stream().filter(word -> words.contains(word) || title.contains(word)).count();
    }

    /** A word of the title counts twice. */
    private long points(List<String> asked) {
      return asked.stream().filter(words::contains).count() + asked.stream().filter(title::contains).count();
    }
  }

  /** Pages with at least two of the words (one, if only one was asked), those with most of them first. */
  @Override
  public List<Hit> search(String query, int limit) {
    var asked = words(query).stream().sorted().toList();
    int least = Math.min(2, asked.size());
    if (least == 0) return List.of();
    return sites.stream()
        .filter(site -> site.hits(asked) >= least)
        .sorted(Comparator.comparingLong((Site site) -> site.points(asked)).reversed()
            .thenComparing(site -> site.hit().address()))
        .limit(limit)
        .map(Site::hit)
        .toList();
  }

  private static List<Site> read() {
    try {
      var sites = new ArrayList<Site>();
      for (Resource page : new PathMatchingResourcePatternResolver().getResources("classpath*:samples/sites/*/*.html"))
        sites.add(site(page));
      return List.copyOf(sites);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Site site(Resource page) throws IOException {
    String[] path = page.getURL().getPath().split("/");
    String host = path[path.length - 2];
    String address = "https://" + host + "/" + path[path.length - 1].replaceFirst("^index\\.html$", "");
    Document html;
    try (var content = page.getInputStream()) {
      html = Jsoup.parse(content, "UTF-8", address);
    }
    html.select("nav, script, style").remove();
    String text = html.body().text();
    String snippet = text.length() <= SNIPPET ? text : text.substring(0, text.lastIndexOf(' ', SNIPPET));
    return new Site(new Hit(html.title(), address, snippet), words(text), words(html.title() + " " + host));
  }

  private static Set<String> words(String text) {
    return WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(word -> word.length() > 1)
        .collect(Collectors.toSet());
  }
}
