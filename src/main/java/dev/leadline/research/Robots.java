package dev.leadline.research;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import dev.leadline.research.Website.Unreadable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What sites ask of robots, by their robots.txt (RFC 9309), remembered for a day. A file that is not there asks for
 * nothing; a server that fails to give it asks to stay away.
 */
final class Robots {

  private static final List<String> US = List.of("leadline");

  private final Cache<String, BaseRobotRules> known =
      Caffeine.newBuilder().maximumSize(2_000).expireAfterWrite(Duration.ofHours(24)).build();

  /** @param status of HTTP; content is what was read of the file, empty unless the status is 200 */
  record Answer(int status, String type, byte[] content) {}

  /** Gets such a file. */
  interface Source {

    /** @throws Unreadable when there is no answer */
    Answer get(URI robots);
  }

  /** @throws Unreadable when the site asks not to have this page read, or does not answer */
  void mustAllow(URI address, Source source) {
    String site = (address.getScheme() + "://" + address.getRawAuthority()).toLowerCase(Locale.ROOT);
    BaseRobotRules rules = known.getIfPresent(site);
    if (rules == null) {
      URI file = URI.create(site + "/robots.txt");
      Answer answer = source.get(file);
      var parser = new SimpleRobotRulesParser();
      rules = answer.status() / 100 == 2
          ? parser.parseContent(file.toString(), answer.content(), answer.type(), US)
          : parser.failedFetch(answer.status());
      if (answer.status() < 500) known.put(site, rules);
    }
    if (!rules.isAllowed(address.toString())) throw new Unreadable("the site asks robots not to read it");
  }
}
