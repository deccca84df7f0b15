package dev.leadline.enrichment;

import java.util.List;

/** Knows companies by the domain of their website. */
public interface CompanyLookup {

  /**
   * What is known, at most one finding per field; empty when the company is not known.
   *
   * @param domain in ASCII and lower case, without "www."
   * @throws dev.leadline.provider.Unavailable when it cannot be asked now
   */
  List<Finding> company(String domain);
}
