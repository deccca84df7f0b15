package dev.leadline.approval;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ApprovalDocuments extends Repository<Approval, String> {

  Approval save(Approval approval);

  Optional<Approval> findById(String hash);

  List<Approval> findByLeadIdAndActorAndAtAfter(String leadId, Actor actor, Instant time);

  void deleteByDraftId(String draftId);
}
