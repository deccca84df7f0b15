package dev.leadline.enrichment;

/** A provider that knows companies and people, for a price. */
interface Directory extends CompanyLookup, PersonLookup {

  /** As the table enrichment-plan calls it. */
  String name();

  /** Whether it can be asked at all: it has a key, and the domain is one it could know. */
  boolean covers(String domain);
}
