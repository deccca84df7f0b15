package dev.leadline.enrichment;

import java.util.List;

/** Knows people by their e-mail address at work. */
public interface PersonLookup {

  /**
   * What is known, at most one finding per field; empty when the person is not known.
   *
   * @throws dev.leadline.provider.Unavailable when it cannot be asked now
   */
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
