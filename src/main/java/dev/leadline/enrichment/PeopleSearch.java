package dev.leadline.enrichment;

import java.util.List;

/** Finds people at a company by what they do. */
public interface PeopleSearch {

  /**
   * @param domain in ASCII and lower case, without "www."
   * @param jobTitles any of them; none is everybody
   * @param limit 1 to 100
   * @throws dev.leadline.provider.Unavailable when nobody can be asked now
   */
  List<Colleague> people(String domain, List<String> jobTitles, int limit);

  /**
   * Somebody who works there. No address: providers give that for a look-up of one person only.
   *
   * @param id the provider's own
   * @param name as far as the provider shows it, for example "Anna B***g"
   */
  record Colleague(String id, String name, String jobTitle, String provider) {}
}
