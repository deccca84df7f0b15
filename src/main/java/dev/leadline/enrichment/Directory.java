package dev.leadline.enrichment;

import java.util.List;

/**
 * A provider that knows companies and people, for a price.
 *
 * <p>Both questions throw {@link dev.leadline.provider.Unavailable} when it cannot be asked now.
 */
interface Directory {

  /** As the table enrichment-plan calls it. */
  String name();

  /** Whether it can be asked at all: it has a key, and the domain is one it could know. */
  boolean covers(String domain);

  /**
   * What is known about a company, at most one finding per field; empty when it is not known.
   *
   * @param domain of its website, in ASCII and lower case, without "www."
   */
  List<Finding> company(String domain);

  /** What is known about a person, at most one finding per field; empty when they are not known. */
  List<Finding> person(Person person);

  /**
   * Whom to look up.
   *
   * @param email in normal form
   * @param name as the person gave it; null when unknown
   * @param domain of the company's website; null when unknown
   */
  record Person(String email, String name, String domain) {}
}
