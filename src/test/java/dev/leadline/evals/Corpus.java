package dev.leadline.evals;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.leadline.ThinkingSteps;
import dev.leadline.lead.Lead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The data sets of evals/: what comes in, and what is true about it. */
final class Corpus {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Corpus() {}

  /** A lead, the six facts that are true, and the band a person put it in. */
  record LeadCase(
      String id, String name, String company, String site, String website, String title, String source, String text,
      List<String> truth, String band, boolean hard, boolean heldOut) {

    Lead register(ThinkingSteps steps) {
      return steps.register(
          id, name, company, site == null ? website : "https://www." + site, title, source, text);
    }
  }

  /** A company with its pages in short, and what a careful reader finds there. */
  record CompanyCase(
      String id, String host, String name, Found truth, boolean hard, boolean heldOut, Map<String, String> pages) {}

  /** @param industry null is none of ours; size null is not said */
  record Found(String industry, String size, List<String> products, List<String> pains) {}

  /**
   * A company made for the growth step: what the lead writes and the one page of its site.
   *
   * @param truth market, competition and potential
   */
  record GrowthCase(
      String id, String company, String title, String text, String page, boolean heldOut, List<String> truth) {

    String host() {
      return id + ".example";
    }

    private CompanyCase site() {
      return new CompanyCase(id, host(), company, null, false, heldOut, Map.of("index", "# " + company + "\n" + page));
    }
  }

  /** @param leads market, competition and potential, by the id of the lead */
  record GrowthCases(Map<String, List<String>> leads, List<GrowthCase> cases) {}

  /** @param approach those that are right; interest those that are, "none" among them */
  record PlanCase(String lead, List<String> approach, List<String> interest, String origin) {}

  /** @param secret words of the note that must not stand in a mail */
  record Note(String lead, String channel, String note, @JsonProperty("private") List<String> secret) {}

  /**
   * What others know about a company of companies.yaml.
   *
   * @param apollo answers of providers; null is not known
   * @param deal open in the CRM; null is none
   * @param find words of what is worth knowing, by kind
   * @param absent words of what is said of somebody else
   */
  record StudyCase(
      String company, List<StudyPage> web, JsonNode apollo, JsonNode labs, String deal,
      Map<String, List<String>> find, List<String> absent) {}

  /** @param at host and path */
  record StudyPage(String at, String title, String text) {

    String host() {
      return at.replaceFirst("/.*", "");
    }

    String page() {
      String path = at.replaceFirst("[^/]*/", "");
      return path.isEmpty() ? "index" : path;
    }

    private String html() {
      return Corpus.html(new CompanyCase(null, host(), title, null, false, false, Map.of(page(), text)), text);
    }
  }

  static List<StudyCase> studies() {
    return read("research", new TypeReference<>() {});
  }

  /** All pages of all companies and of others, by host and page; their own hosts end in .test, as on a real internet. */
  static Map<String, Map<String, String>> web() {
    var web = new LinkedHashMap<String, Map<String, String>>();
    for (CompanyCase company : companies()) web.put(onTheWeb(company), html(company));
    for (StudyCase study : studies())
      for (StudyPage page : study.web())
        web.computeIfAbsent(page.host(), host -> new LinkedHashMap<>()).put(page.page(), page.html());
    return web;
  }

  /** The host of a company on that web. */
  static String onTheWeb(CompanyCase company) {
    return company.host().replace(".example", ".test");
  }

  static GrowthCases growth() {
    return read("growth", new TypeReference<>() {});
  }

  static List<PlanCase> plans() {
    return read("plans", new TypeReference<>() {});
  }

  static List<Note> notes() {
    return read("notes", new TypeReference<>() {});
  }

  static List<LeadCase> leads() {
    return read("leads", new TypeReference<>() {});
  }

  static List<CompanyCase> companies() {
    return read("companies", new TypeReference<>() {});
  }

  /** Ids of two leads; the first should score above the second. */
  static List<List<String>> pairs() {
    return read("pairs", new TypeReference<>() {});
  }

  static <T> T read(String name, TypeReference<T> type) {
    try {
      return YAML.readValue(Path.of("evals", name + ".yaml").toFile(), type);
    } catch (IOException e) {
      throw new UncheckedIOException("evals/" + name + ".yaml", e);
    }
  }

  /** The pages of all companies, as a browser would get them. */
  static Map<String, Map<String, String>> sites() {
    return Stream.concat(companies().stream(), growth().cases().stream().map(GrowthCase::site))
        .collect(Collectors.toMap(CompanyCase::host, Corpus::html));
  }

  private static Map<String, String> html(CompanyCase company) {
    var html = new LinkedHashMap<String, String>();
    company.pages().forEach((page, text) -> html.put(page, html(company, text)));
    return html;
  }

  /** With what stands around the text on any website. */
  private static String html(CompanyCase company, String text) {
    String links = company.pages().keySet().stream()
        .map(page -> "<a href=\"/%s\">%s</a>".formatted(page.equals("index") ? "" : page, page.replace('-', ' ')))
        .collect(Collectors.joining(" "));
    return """
        <!DOCTYPE html><html><head><title>%1$s</title><style>body{margin:0}</style></head><body>
        <nav>%2$s</nav><div class="cookie-banner">We use cookies. Accept all?</div>
        <main>%3$s</main><footer>© %1$s · Imprint</footer><script>var page = 1;</script></body></html>"""
        .formatted(company.name().replace("&", "&amp;"), links, text.lines().map(Corpus::element).collect(Collectors.joining("\n")));
  }

  private static String element(String line) {
    if (line.isBlank() || line.startsWith("<")) return line;
    String text = Optional.of(line.replaceFirst("^(# |- )", "")).map(words -> words.replace("&", "&amp;")).get();
    if (line.startsWith("# ")) return "<h2>" + text + "</h2>";
    return line.startsWith("- ") ? "<ul><li>" + text + "</li></ul>" : "<p>" + text + "</p>";
  }
}
