package dev.leadline.approval;

import dev.leadline.lead.Lead;
import dev.leadline.outreach.Draft;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;

/** Approvals without an application around them. */
public final class TestApprovals {

  private TestApprovals() {}

  public static Approvals in(RepositoryFactorySupport repositories, Clock clock) {
    return new Approvals(repositories.getRepository(ApprovalDocuments.class), new ApprovalSettings("1"), clock);
  }

  public static void approve(Approvals approvals, Lead lead, Draft draft, String by, Actor actor) {
    approvals.approve(lead, draft, by, actor);
  }
}
