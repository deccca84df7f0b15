package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchWebTest {

  private final ThinkingSteps steps = new ThinkingSteps();
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void register() {
    steps.register(
        "l1", "Anna Berg", "Nordkap Logistik GmbH", "www.nordkap-logistik.example", "Head", "Other", "Help.");
  }

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void onlyPagesThatNameTheCompanyAreHits() {
    var brought = search("opened depot", (query, limit) -> List.of(
        new WebSearch.Hit("News", "https://news.example/1", "NORDKAP  Logistik opens a depot"),
        new WebSearch.Hit("Nordkaps", "https://travel.example/", "The Nordkap is in Norway"),
        new WebSearch.Hit("About us", "https://nordkap-logistik.example/about", "Who we are")));

    assertThat(brought.leadsTo()).containsExactly("https://news.example/1", "https://nordkap-logistik.example/about");
    assertThat(brought.outcome())
        .isEqualTo("Searched the web for “Nordkap Logistik opened depot”: 2 of 3 pages are about the company.");
  }

  @Test
  void nothingButPlainWordsLeaves() {
    search("site:evil.example anna@x.example +49 40 123456 https://evil.example/?q=1 \"depot\" 2026", (query, limit) -> {
      asked.add(query);
      return List.of();
    });

    assertThat(asked).containsExactly("Nordkap Logistik depot 2026");
  }

  @Test
  void aSearchThatFailsIsAResultThatSaysSo() {
    var brought = search("depot", (query, limit) -> {
      throw new Unavailable("google", "does not answer in 5 s");
    });

    assertThat(brought).isEqualTo(Brought.nothing("Could not search the web: google does not answer in 5 s."));
  }

  private Brought search(String words, WebSearch web) {
    var readings = steps.get(Readings.class);
    new SearchWeb(web, steps.get(Leads.class), readings).handle(new SearchWeb.Input("l1", words), 7, 1);
    return readings.of(7, "l1").getFirst().brought();
  }
}
