package dev.leadline.enrichment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Finds people whom we do not know yet, by what they do, how large their company is and where they are. */
public interface ProspectSearch {

  /** More are never looked at in one search. */
  int MOST_PER_PAGE = 100;

  /** apollo or sandbox. */
  String name();

  /** As people read it. */
  String words();

  /** Of one person's address, in the currency of the table enrichment-plan. */
  BigDecimal price();

  /**
   * One page of who fits, always in the same order as far as the provider keeps one; no addresses yet, so it is free.
   *
   * @param page counted from 1
   * @param size 1 to {@link #MOST_PER_PAGE}; fewer answers than that are the last page
   * @throws dev.leadline.provider.Unavailable when nobody can be asked now
   */
  List<Candidate> find(Audience audience, int page, int size);

  /**
   * Who these are and how to reach them, by their ids; whom the provider does not know any more is missing. Costs the
   * price for each.
   *
   * @throws dev.leadline.provider.Unavailable when nobody can be asked now
   */
  Map<String, Person> reveal(List<String> ids);

  /**
   * Whom to look for; an empty list asks for nothing in particular.
   *
   * @param jobTitles any of them
   * @param fromEmployees of their company at the least; null for no bound
   * @param toEmployees at the most; null for no bound
   * @param locations any of them: a city, region or country
   */
  record Audience(List<String> jobTitles, Integer fromEmployees, Integer toEmployees, List<String> locations) {
    public Audience {
      jobTitles = jobTitles == null ? List.of() : List.copyOf(jobTitles);
      locations = locations == null ? List.of() : List.copyOf(locations);
    }
  }

  /**
   * Somebody who fits.
   *
   * @param id the provider's own
   * @param reachable whether the provider says that it has an address
   */
  record Candidate(String id, boolean reachable) {}

  /**
   * Somebody as the provider knows them; every text may be null but none is blank.
   *
   * @param verified whether the provider has made sure that the address exists
   * @param website of the company
   */
  record Person(
      String name, String email, boolean verified, String jobTitle, String company, String website, String location) {}
}
