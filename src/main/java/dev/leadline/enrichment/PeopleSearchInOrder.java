package dev.leadline.enrichment;

import dev.leadline.provider.Unavailable;
import java.util.List;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** The search for people that everybody uses: Apollo, and the sandbox for the samples. */
@Primary
@Component
class PeopleSearchInOrder implements PeopleSearch {

  private final Apollo apollo;
  private final SandboxDirectory sandbox;

  PeopleSearchInOrder(Apollo apollo, SandboxDirectory sandbox) {
    this.apollo = apollo;
    this.sandbox = sandbox;
  }

  @Override
  public List<Colleague> people(String domain, List<String> jobTitles, int limit) {
    if (limit < 1 || limit > 100) throw new IllegalArgumentException("limit is 1 to 100");
    if (sandbox.covers(domain)) return sandbox.people(domain, jobTitles, limit);
    if (apollo.covers(domain)) return apollo.people(domain, jobTitles, limit);
    throw new Unavailable(Apollo.NAME, "is off");
  }
}
