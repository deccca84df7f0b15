package dev.leadline.journey;

import static dev.leadline.journey.Journeys.here;

import dev.leadline.engine.ElementId;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.response.ProcessInstanceSequenceFlow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** The runs of processes, as the engine knows them. */
@Component
class Instances {

  private static final String GONE = "There is no such instance, or the engine has forgotten it.";
  private static final int MOST = 200;

  private final CamundaClient camunda;

  Instances(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /** A place where an instance is stuck, with why. */
  record Stuck(long key, String step, String kind, String message, Instant since) {}

  /**
   * A variable with its value as JSON.
   *
   * @param local seen by one step only
   */
  record Value(String name, String json, boolean local) {}

  Instance get(long key) {
    return here(() -> Instance.of(camunda.newProcessInstanceGetRequest(key).send().join()), GONE);
  }

  List<Instance> calledBy(long key) {
    return camunda
        .newProcessInstanceSearchRequest()
        .filter(instance -> instance.parentProcessInstanceKey(key))
        .sort(by -> by.startDate().asc())
        .page(page -> page.limit(MOST))
        .send()
        .join()
        .items()
        .stream()
        .map(Instance::of)
        .toList();
  }

  List<Stuck> incidents(long key) {
    return camunda
        .newIncidentSearchRequest()
        .filter(incident -> incident.processInstanceKey(key).state(IncidentState.ACTIVE))
        .page(page -> page.limit(MOST))
        .send()
        .join()
        .items()
        .stream()
        .map(
            incident ->
                new Stuck(
                    incident.getIncidentKey(),
                    new ElementId(incident.getElementId()).inWords(),
                    inWords(incident.getErrorType()),
                    incident.getErrorMessage(),
                    incident.getCreationTime().toInstant()))
        .toList();
  }

  List<Value> variables(long key) {
    return camunda
        .newVariableSearchRequest()
        .filter(variable -> variable.processInstanceKey(key))
        .sort(by -> by.name().asc())
        .page(page -> page.limit(MOST))
        .send()
        .join()
        .items()
        .stream()
        .map(variable -> new Value(variable.getName(), variable.getValue(), variable.getScopeKey() != key))
        .toList();
  }

  Marks marks(long key) {
    var elements = camunda.newProcessInstanceElementStatisticsRequest(key).send();
    var flows = camunda.newProcessInstanceSequenceFlowsRequest(key).send();
    return here(
        () ->
            Marks.of(
                elements.join(),
                flows.join().stream().map(ProcessInstanceSequenceFlow::getElementId).distinct().toList()),
        GONE);
  }

  private static String inWords(IncidentErrorType type) {
    return switch (type) {
      case JOB_NO_RETRIES -> "the step failed too often";
      case EXECUTION_LISTENER_NO_RETRIES, TASK_LISTENER_NO_RETRIES -> "what belongs to the step failed too often";
      case UNHANDLED_ERROR_EVENT -> "nothing in the diagram catches its error";
      case FORM_NOT_FOUND, RESOURCE_NOT_FOUND -> "something it needs is not deployed";
      case CALLED_ELEMENT_ERROR -> "the called journey is not deployed";
      case CALLED_DECISION_ERROR, DECISION_EVALUATION_ERROR -> "the table could not decide";
      case CONDITION_ERROR, EXTRACT_VALUE_ERROR, IO_MAPPING_ERROR -> "an expression in the diagram failed";
      default -> type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /** Lets the stuck step try again. */
  void retry(long incidentKey) {
    here(
        () -> {
          var incident = camunda.newIncidentGetRequest(incidentKey).send().join();
          if (incident.getJobKey() != null && incident.getJobKey() > 0) {
            camunda.newUpdateRetriesCommand(incident.getJobKey()).retries(1).send().join();
          }
          return camunda.newResolveIncidentCommand(incidentKey).send().join();
        },
        "This incident is resolved already.");
  }

  void cancel(long key) {
    here(() -> camunda.newCancelInstanceCommand(key).send().join(), GONE);
  }
}
