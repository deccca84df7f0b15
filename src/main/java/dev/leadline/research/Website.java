package dev.leadline.research;

import java.net.URI;

/** Where pages of a company's website are read. */
interface Website {

  /**
   * The page at this address, after redirects.
   *
   * @throws Unreadable when there is no text to be had, for whatever reason
   */
  Page read(URI address);

  /** A page as it was served, at its final address. */
  record Page(URI address, String html) {}

  /** Why a page could not be read, in words for a sales lead. */
  final class Unreadable extends RuntimeException {
    Unreadable(String reason) {
      super(reason, null, false, false);
    }
  }
}
