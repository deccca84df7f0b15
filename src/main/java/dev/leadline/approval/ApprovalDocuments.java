package dev.leadline.approval;

import java.util.Optional;
import org.springframework.data.repository.Repository;

interface ApprovalDocuments extends Repository<Approval, String> {

  Approval save(Approval approval);

  Optional<Approval> findById(String hash);

  void deleteByDraftId(String draftId);
}
