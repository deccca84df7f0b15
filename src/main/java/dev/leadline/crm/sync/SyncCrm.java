package dev.leadline.crm.sync;

import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Acts: has a lead written into the CRM. The journey does not wait for it; what cannot be written is on the page CRM. */
@Component
public class SyncCrm {

  private final CrmOutbox outbox;

  SyncCrm(CrmOutbox outbox) {
    this.outbox = outbox;
  }

  @JobWorker(type = "sync-crm")
  public Result handle(@VariablesAsType Input input, @JobKey long job) {
    boolean wanted = switch (input.record()) {
      case "create" -> true;
      case "update" -> outbox.knows(input.leadId());
      case "no" -> false;
      case null, default -> throw new IllegalArgumentException("record must be create, update or no, not " + input.record());
    };
    if (wanted) outbox.person(String.valueOf(job), input.leadId(), word(input.stage()), word(input.reason()));
    return new Result(new Synced(wanted));
  }

  private static String word(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * What the table crm-policy said.
   *
   * @param record create, update (only who is in the CRM already) or no
   */
  record Input(String leadId, String record, String stage, String reason) {}

  record Result(Synced synced) {}

  record Synced(boolean written) {}
}
