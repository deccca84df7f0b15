package dev.leadline.rights;

import dev.leadline.booking.Bookings;
import dev.leadline.crm.sync.CrmOutbox;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.Whom;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ProcessInstance;
import io.grpc.Status;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Action step: ends the meetings and journeys of a person and deletes what we hold about them. All that stays is a suppression by a
 * hash of their address, so that they are not contacted again by accident. A CRM that knows them is asked to delete them
 * as well, for as long as it takes.
 *
 * <p>Doing it again finishes what a crash broke off, or finds what a step that was under way wrote after the first time:
 * the id of the lead is enough to find everything but what is kept by the address.
 */
@Component
public class ErasePerson {

  private static final int MOST_JOURNEYS = 100;

  private final CamundaClient camunda;
  private final Leads leads;
  private final Bookings meetings;
  private final Holdings holdings;
  private final Suppress suppress;
  private final Suppressions suppressions;
  private final CrmOutbox crm;
  private final Erasures erasures;
  private final Clock clock;

  ErasePerson(
      CamundaClient camunda, Leads leads, Bookings meetings, Holdings holdings, Suppress suppress,
      Suppressions suppressions, CrmOutbox crm, Erasures erasures, Clock clock) {
    this.camunda = camunda;
    this.leads = leads;
    this.meetings = meetings;
    this.holdings = holdings;
    this.suppress = suppress;
    this.suppressions = suppressions;
    this.crm = crm;
    this.erasures = erasures;
    this.clock = clock;
  }

  @JobWorker(type = "erase-person")
  public void handle(@VariablesAsType Input input, ActivatedJob job) {
    Optional<Lead> lead = leads.findById(input.leadId());
    lead.map(Lead::address).ifPresent(this::contactNoMore);
    // Before what says where they are is gone; a calendar that is away now is tried again with the job.
    meetings.forget(input.leadId());
    journeys(input.leadId(), job.getProcessInstanceKey()).forEach(this::cancel);
    // Before what says that the CRM knows them is gone.
    var inCrm = crm.erase(input.erasureId() + "/" + job.getElementId(), input.leadId());
    var gone = lead.map(holdings::erase).orElseGet(() -> holdings.eraseRest(input.leadId()));
    Erasure erasure = erasures.get(input.erasureId());
    var all = new HashMap<>(Optional.ofNullable(erasure.gone()).orElse(Map.of()));
    gone.forEach((collection, number) -> all.merge(collection, number, Long::sum));
    erasures.save(erasure.erased(all, inCrm.orElse(erasure.crm()), clock.instant()));
  }

  private void contactNoMore(String address) {
    suppress.of(Whom.erased(address), Reason.OBJECTED, "erasure");
    suppressions.deleteById(address);
  }

  private List<ProcessInstance> journeys(String leadId, long own) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.state(ProcessInstanceState.ACTIVE).variables(Map.of("leadId", '"' + leadId + '"')))
        .page(page -> page.limit(MOST_JOURNEYS))
        .execute().items().stream()
        .filter(instance -> instance.getProcessInstanceKey() != own && instance.getParentProcessInstanceKey() == null)
        .toList();
  }

  private void cancel(ProcessInstance journey) {
    try {
      camunda.newCancelInstanceCommand(journey.getProcessInstanceKey()).execute();
    } catch (ClientException e) {
      if (!endedBefore(e)) throw e;
    }
  }

  private static boolean endedBefore(ClientException e) {
    return e instanceof ProblemException rest && rest.code() == 404
        || e instanceof ClientStatusException grpc
            && grpc.getStatusCode() == Status.Code.NOT_FOUND;
  }

  record Input(String leadId, String erasureId) {}
}
