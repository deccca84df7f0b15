package dev.leadline.campaign;

import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bson.types.ObjectId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** Campaigns: made, changed, deleted. A run keeps what its campaign was when it started. */
@Component
class Campaigns {

  private final CampaignDocuments documents;
  private final Executions executions;
  private final Clock clock;

  Campaigns(CampaignDocuments documents, Executions executions, Clock clock) {
    this.documents = documents;
    this.executions = executions;
    this.clock = clock;
  }

  /** A campaign, and whether this request made it. */
  record Made(Campaign campaign, boolean now) {}

  /** @throws InvalidInput when the definition is wrong */
  Made make(Definition wanted, String by, Request request) {
    require(wanted);
    try {
      var now = clock.instant();
      return new Made(documents.save(new Campaign(
          new ObjectId().toHexString(), null, wanted, by, now, now, request.key(), request.hash())), true);
    } catch (DuplicateKeyException cameBefore) {
      var before = documents.findByRequestKey(request.key()).orElseThrow(() -> cameBefore);
      request.require(before.requestHash());
      return new Made(before, false);
    }
  }

  Optional<Campaign> find(String id) {
    return documents.findById(id);
  }

  /** @throws ErrorResponseException 404 */
  Campaign get(String id) {
    return find(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no campaign with this id"));
  }

  /** The newest first. */
  Page<Campaign> page(int page, int size) {
    return documents.findAllByOrderByCreatedAtDesc(PageRequest.of(page, size));
  }

  /**
   * @param seen the version that was changed; null for whichever it is
   * @throws ErrorResponseException 412 when there is a newer one
   */
  Campaign change(String id, Definition wanted, Long seen, String by) {
    require(wanted);
    var campaign = get(id);
    try {
      if (seen != null && !seen.equals(campaign.version())) throw new OptimisticLockingFailureException("newer");
      return documents.save(campaign.changed(wanted, by, clock.instant()));
    } catch (OptimisticLockingFailureException newer) {
      throw new Refused(HttpStatus.PRECONDITION_FAILED, "Somebody has changed this campaign since; read it again");
    }
  }

  /** Its runs stay. @throws ErrorResponseException 409 while one goes on */
  void delete(String id) {
    var campaign = get(id);
    if (executions.current(id).isPresent())
      throw new Refused(HttpStatus.CONFLICT, "A run of this campaign goes on; cancel it first");
    documents.delete(campaign);
  }

  private static void require(Definition wanted) {
    List<InvalidInput.Field> wrong = wanted.check();
    if (!wrong.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, wrong);
  }
}
