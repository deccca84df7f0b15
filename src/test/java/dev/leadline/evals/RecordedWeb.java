package dev.leadline.evals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/**
 * A simulated internet behind one server: recorded pages by the host they are asked of, and a search of them that speaks
 * as Google Programmable Search (customsearch/v1). Each word of a query weighs less than the one before it, and twice as
 * much in a title or host; a snippet is how the page begins.
 */
final class RecordedWeb implements Function<Asked, Answer> {

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SNIPPET = 160;

  private record Page(String host, String path, String title, String text, Set<String> heading, Set<String> words) {}

  private final Map<String, Map<String, String>> html;
  private final List<Page> pages = new ArrayList<>();

  /** @param html by host and page; the home page is "index" */
  RecordedWeb(Map<String, Map<String, String>> html) {
    this.html = html;
    html.forEach((host, site) -> site.forEach((page, content) -> pages.add(page(host, page, content))));
  }

  private static Page page(String host, String page, String content) {
    var parsed = Jsoup.parse(content);
    String text = parsed.select("main").text();
    var heading = words(parsed.title() + " " + host);
    var words = words(text);
    words.addAll(heading);
    return new Page(host, page.equals("index") ? "/" : "/" + page, parsed.title(), text, heading, words);
  }

  @Override
  public Answer apply(Asked asked) {
    String[] at = asked.header("Host").split(":");
    if (asked.path().equals("/customsearch/v1")) return found(asked.query(), at[1]);
    String page = asked.path().replaceAll("^/|/$", "");
    String content = html.getOrDefault(at[0], Map.of()).get(page.isEmpty() ? "index" : page);
    return content == null
        ? new Answer(404, Map.of("Content-Type", "text/html"), "<p>Not found</p>")
        : new Answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), content);
  }

  private Answer found(Map<String, String> query, String port) {
    if (!"the-secret-key".equals(query.get("key")) || !"the-id".equals(query.get("cx")))
      return Answer.json(400, "{\"error\": {\"code\": 400, \"details\": [{\"reason\": \"API_KEY_INVALID\"}]}}");
    List<String> wanted = List.copyOf(words(query.get("q")));
    int start = Integer.parseInt(query.get("start"));
    var results = JsonNodeFactory.instance.objectNode().put("kind", "customsearch#search");
    var items = results.putArray("items");
    pages.stream()
        .filter(page -> weight(page, wanted) > 0)
        .sorted(Comparator.comparingDouble((Page page) -> weight(page, wanted)).reversed()
            .thenComparing(Page::host).thenComparing(Page::path))
        .skip(start - 1L).limit(Integer.parseInt(query.get("num")))
        .forEach(page -> items.addObject()
            .put("kind", "customsearch#result").put("title", page.title())
            .put("link", "http://%s:%s%s".formatted(page.host(), port, page.path()))
            .put("snippet", snippet(page.text())));
    return Answer.json(results.toString());
  }

  private static double weight(Page page, List<String> wanted) {
    double weight = 0;
    for (int i = 0; i < wanted.size(); i++)
      if (page.words().contains(wanted.get(i))) weight += (page.heading().contains(wanted.get(i)) ? 2.0 : 1.0) / (i + 1);
    return weight;
  }

  private static String snippet(String text) {
    return text.length() <= SNIPPET ? text : text.substring(0, text.lastIndexOf(' ', SNIPPET)) + " ...";
  }

  private static Set<String> words(String text) {
    return WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)).filter(word -> word.length() > 1)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
