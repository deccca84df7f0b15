package dev.leadline.enrichment;

import java.util.List;

/** Finds pages on the web. */
public interface WebSearch {

  /**
   * The best pages first.
   *
   * @param query words, as a person would type them
   * @param limit 1 to 20
   * @throws dev.leadline.provider.Unavailable when nobody can search now
   */
  List<Hit> search(String query, int limit);

  /**
   * A page that was found; title and snippet are plain text by strangers.
   *
   * @param address http or https
   */
  record Hit(String title, String address, String snippet) {}
}
