package dev.leadline.enrichment;

import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** What an answer of a provider is about, as its id in the cache says it: a person by a hash, which gives nobody away. */
public final class About {

  private About() {}

  static String company(String domain) {
    return "company/" + domain;
  }

  /** @param address in normal form */
  static String person(String address) {
    return "person/" + DigestUtils.sha256Hex(address);
  }

  /** The ids of all that any provider said about a person. */
  public static Pattern idsOfPerson(String address) {
    return Pattern.compile("/" + person(address) + "$");
  }
}
