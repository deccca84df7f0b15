package dev.leadline.research;

import dev.leadline.agent.tools.Found;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Company;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.SiteTour.Look;
import dev.leadline.research.Website.Unreadable;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tool: reads one page of the web.
 *
 * <p>Only pages that were offered: the lead's own website, what a page of it links to within it, and what a search of
 * the same run has found. So neither a model nor a stranger's text can make up an address and tell it something.
 */
@Component
public class ReadPage {

  private final Leads leads;
  private final Readings readings;
  private final SiteTour web;

  ReadPage(Leads leads, Readings readings, SiteTour web) {
    this.leads = leads;
    this.readings = readings;
    this.web = web;
  }

  @JobWorker(type = "read-page")
  public Found handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @ElementInstanceKey long call) {
    Lead lead = leads.get(input.leadId());
    return readings.keep(run, call, lead.id(), read(input.address(), lead, readings.of(run, lead.id())));
  }

  private Brought read(String wanted, Lead lead, List<Reading> before) {
    List<URI> offered = offered(lead, before);
    if (wanted == null || wanted.isBlank())
      return next(offered, Company.of(lead), before).map(page -> read(page, lead)).orElse(Brought.nothing("There is no page to read."));
    URI address = SiteTour.address(wanted.strip());
    return offered.stream()
        .filter(page -> address != null && same(page, address))
        .findFirst()
        .map(page -> read(page, lead))
        .orElse(Brought.nothing(
            "Refused to read a page that is neither the company's own nor one that was found by a search."));
  }

  private Brought read(URI address, Lead lead) {
    try {
      Look look = web.look(address);
      if (!SiteTour.sameSite(look.page().address(), address)) throw new Unreadable("leads to another site");
      String page = look.page().address().toString();
      boolean own = Company.of(lead).owns(page);
      return new Brought(
          "Page %s: %s.".formatted(address, look.outcome()), address.toString(),
          List.of(new Passage(page, null, look.read().text().all(), null, look.read().taint())),
          own ? look.links().stream().map(URI::toString).toList() : List.of());
    } catch (Unreadable e) {
      return new Brought(
          "Page %s: %s.".formatted(address, e.getMessage()), address.toString(), List.of(), List.of());
    }
  }

  private static List<URI> offered(Lead lead, List<Reading> before) {
    var offered = new ArrayList<URI>();
    before.stream().flatMap(reading -> reading.brought().leadsTo().stream())
        .map(SiteTour::address).filter(Objects::nonNull).forEach(offered::add);
    Optional.ofNullable(lead.website()).map(String::strip).map(SiteTour::address).ifPresent(offered::add);
    return offered;
  }

  /** What others say comes first; the lead's own site is read by another step as well. */
  private static Optional<URI> next(List<URI> offered, Company company, List<Reading> before) {
    var tried = before.stream().map(reading -> reading.brought().page()).filter(Objects::nonNull)
        .map(SiteTour::address).toList();
    return offered.stream().filter(page -> tried.stream().noneMatch(known -> same(known, page)))
        .min(Comparator.comparing(page -> company.owns(page.toString())));
  }

  private static boolean same(URI a, URI b) {
    return SiteTour.sameSite(a, b) && SiteTour.samePage(a, b) && Objects.equals(a.getRawQuery(), b.getRawQuery());
  }

  /** @param address empty for the best page that was found and not yet read */
  record Input(String leadId, String address) {}
}
