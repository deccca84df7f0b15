package dev.leadline.enrichment;

import dev.leadline.agent.tools.Found;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Company;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Tool: searches the web for pages about the lead's company.
 *
 * <p>The company's name is part of every query, and nothing but plain words leaves with it: no addresses, no long
 * numbers, no search operators. A page that does not name the company is not a hit.
 */
@Component
public class SearchWeb {

  private static final int HITS = 8;
  private static final int MOST_WORDS = 10;

  private final WebSearch web;
  private final Leads leads;
  private final Readings readings;

  SearchWeb(WebSearch web, Leads leads, Readings readings) {
    this.web = web;
    this.leads = leads;
    this.readings = readings;
  }

  @JobWorker(type = "search-web")
  public Found handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @ElementInstanceKey long call) {
    return readings.keep(run, call, input.leadId(), search(input.query(), Company.of(leads.get(input.leadId()))));
  }

  private Brought search(String words, Company company) {
    String query = (company.name() + " " + plain(words)).strip();
    try {
      var found = web.search(query, HITS);
      var about = found.stream().filter(hit -> isAbout(company, hit)).toList();
      return new Brought(
          "Searched the web for “%s”: %s.".formatted(query, count(about.size(), found.size())), null,
          about.stream().map(hit -> Passage.of(hit.address(), hit.title() + "\n" + hit.snippet())).toList(),
          about.stream().map(WebSearch.Hit::address).toList());
    } catch (Unavailable e) {
      return Brought.nothing("Could not search the web: %s %s.".formatted(e.provider(), e.getMessage()));
    }
  }

  private static boolean isAbout(Company company, WebSearch.Hit hit) {
    return company.owns(hit.address())
        || company.isNamedIn(hit.title() + "\n" + hit.snippet() + "\n" + hit.address());
  }

  private static String count(int about, int found) {
    if (found == 0) return "nothing";
    return about == found ? found == 1 ? "one page" : found + " pages"
        : "%d of %d pages are about the company".formatted(about, found);
  }

  /** Words a person would type; what could identify somebody stays here. */
  static String plain(String words) {
    if (words == null) return "";
    return String.join(" ", List.of(words
            .replaceAll("\\S*[@:/]\\S*", " ")
            .replaceAll("\\d[\\d ().-]{4,}\\d", " ")
            .replaceAll("[^\\p{L}\\p{M}\\p{N}' -]", " ")
            .strip()
            .split("\\s+"))
        .stream().limit(MOST_WORDS).toList());
  }

  /** @param query what to look for, beside the company's name */
  record Input(String leadId, String query) {}
}
