package dev.leadline.story;

import static java.util.stream.Collectors.toMap;

import dev.leadline.engine.ElementId;
import dev.leadline.story.Moment.Kind;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.CamundaFuture;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ElementInstance;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.SearchResponse;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.search.sort.ProcessInstanceSort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the engine knows about a lead's journey that nobody wrote onto the timeline: steps drawn in later, waits. */
@Component
class JourneyMoments {

  private static final int MOST_INSTANCES = 20;
  private static final int MOST_ELEMENTS = 500;
  private static final int MOST_TASKS = 500;
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration NOTICED = Duration.ofSeconds(10);

  private final CamundaClient camunda;

  JourneyMoments(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /**
   * @param answered false when the engine is away
   * @param instances keys of the lead's process instances, oldest first
   * @param version of the diagram of the oldest; null when there is none
   * @param running whether one of them is not over yet
   */
  record Found(List<Moment> moments, List<Long> instances, Integer version, boolean running, boolean answered) {}

  Found of(String leadId, List<TimelineEntry> entries) {
    try {
      var instances = instances(leadId);
      return new Found(
          instances.isEmpty() ? List.of() : moments(leadId, instances, entries),
          instances.stream().map(ProcessInstance::getProcessInstanceKey).toList(),
          instances.isEmpty() ? null : instances.getFirst().getProcessDefinitionVersion(),
          instances.stream().anyMatch(instance -> instance.getState() == ProcessInstanceState.ACTIVE),
          true);
    } catch (ClientException away) {
      return new Found(List.of(), List.of(), null, true, false);
    }
  }

  /** The newest, and the first, which is the lead's own journey. */
  private List<ProcessInstance> instances(String leadId) {
    var newest = instances(leadId, by -> by.startDate().desc(), MOST_INSTANCES);
    var first = newest.size() < MOST_INSTANCES ? List.<ProcessInstance>of() : instances(leadId, by -> by.startDate().asc(), 1);
    return Stream.concat(first.stream(), newest.stream())
        .collect(toMap(ProcessInstance::getProcessInstanceKey, instance -> instance, (one, same) -> one, TreeMap::new))
        .values().stream().toList();
  }

  private List<ProcessInstance> instances(String leadId, Consumer<ProcessInstanceSort> order, int most) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.variables(Map.of("leadId", '"' + leadId + '"')))
        .sort(order)
        .page(page -> page.limit(most))
        .execute().items();
  }

  /** One search for each instance, as the engine's filter takes no list of them; all of them at the same time. */
  private List<Moment> moments(String leadId, List<ProcessInstance> instances, List<TimelineEntry> entries) {
    var elements = instances.stream().map(this::elements).toList();
    var userTasks =
        camunda
            .newUserTaskSearchRequest()
            .filter(task -> task.processInstanceVariables(Map.of("leadId", '"' + leadId + '"')))
            .sort(by -> by.creationDate().desc())
            .page(page -> page.limit(MOST_TASKS))
            .send();
    var incidents = instances.stream().filter(instance -> Boolean.TRUE.equals(instance.getHasIncident()))
        .map(this::incidents).toList();
    var tasks = userTasks.join().items().stream()
        .collect(toMap(UserTask::getElementInstanceKey, task -> task, (a, b) -> b));
    var moments = new ArrayList<Moment>();
    for (var found : incidents) found.join().items().forEach(incident -> moments.add(stuck(incident)));
    for (var found : elements) {
      for (var element : found.join().items()) {
        if (Boolean.TRUE.equals(element.getIncident())) continue;
        moment(element, tasks, entries).ifPresent(moments::add);
      }
    }
    return moments;
  }

  private CamundaFuture<SearchResponse<Incident>> incidents(ProcessInstance instance) {
    return camunda
        .newIncidentSearchRequest()
        .filter(incident -> incident.processInstanceKey(instance.getProcessInstanceKey()).state(IncidentState.ACTIVE))
        .send();
  }

  private CamundaFuture<SearchResponse<ElementInstance>> elements(ProcessInstance instance) {
    return camunda
        .newElementInstanceSearchRequest()
        .filter(element -> element.processInstanceKey(instance.getProcessInstanceKey()))
        .sort(by -> by.startDate().asc())
        .page(page -> page.limit(MOST_ELEMENTS))
        .send();
  }

  private static Optional<Moment> moment(
      ElementInstance element, Map<Long, UserTask> tasks, List<TimelineEntry> entries) {
    return switch (element.getType()) {
      case USER_TASK -> person(element, tasks.get(element.getElementInstanceKey()), entries);
      case INTERMEDIATE_CATCH_EVENT, RECEIVE_TASK -> pause(element);
      case SERVICE_TASK, SEND_TASK, SCRIPT_TASK, MANUAL_TASK, TASK -> step(element, entries);
      default -> Optional.empty();
    };
  }

  private static Optional<Moment> person(ElementInstance element, UserTask task, List<TimelineEntry> entries) {
    var assignee = task == null ? null : task.getAssignee();
    if (element.getState() == ElementInstanceState.ACTIVE) {
      var link = task == null ? null : "/inbox/" + task.getUserTaskKey();
      var who = assignee == null ? "a person" : assignee;
      return Optional.of(now(element, Kind.PERSON, "“%s” waits for %s.".formatted(name(element), who), link));
    }
    var end = end(element);
    var told =
        entries.stream()
            .filter(entry -> entry.actor() == Actor.PERSON)
            .anyMatch(entry -> Duration.between(entry.at(), end).abs().compareTo(CLOSE) < 0);
    if (told) return Optional.empty();
    var done = element.getState() == ElementInstanceState.COMPLETED;
    return Optional.of(
        done
            ? over(end, Kind.PERSON, assignee, "“%s” was done.".formatted(name(element)))
            : over(end, Kind.SYSTEM, null, "“%s” was withdrawn.".formatted(name(element))));
  }

  private static Optional<Moment> pause(ElementInstance element) {
    if (element.getState() == ElementInstanceState.ACTIVE)
      return Optional.of(now(element, Kind.WAIT, "Waits for “%s”.".formatted(name(element)), null));
    var lasted = Duration.between(start(element), end(element));
    if (lasted.compareTo(NOTICED) < 0) return Optional.empty();
    return Optional.of(over(end(element), Kind.WAIT, null, "“%s”, after %s.".formatted(name(element), inWords(lasted))));
  }

  private static Optional<Moment> step(ElementInstance element, List<TimelineEntry> entries) {
    if (element.getState() == ElementInstanceState.ACTIVE)
      return Optional.of(now(element, Kind.SYSTEM, "“%s” is being done.".formatted(name(element)), null));
    var told = entries.stream().anyMatch(entry -> entry.step().equals(new ElementId(element.getElementId()).jobType()));
    if (told || own(element)) return Optional.empty();
    return Optional.of(over(end(element), Kind.SYSTEM, null, "“%s” was done.".formatted(name(element))));
  }

  /** Writes its entries under the names of the tables it records. */
  private static boolean own(ElementInstance element) {
    return element.getElementId().equals("RecordAssessment");
  }

  private static Moment stuck(Incident incident) {
    return new Moment(
        incident.getCreationTime().toInstant(),
        Kind.INCIDENT,
        null,
        "“%s” is stuck.".formatted(new ElementId(incident.getElementId()).inWords()),
        List.of(incident.getErrorMessage()),
        "/journeys/instances/" + incident.getProcessInstanceKey(),
        true);
  }

  private static Moment now(ElementInstance element, Kind kind, String text, String link) {
    return new Moment(start(element), kind, null, text, List.of(), link, true);
  }

  private static Moment over(Instant at, Kind kind, String by, String text) {
    return new Moment(at, kind, by, text, List.of(), null, false);
  }

  private static Instant start(ElementInstance element) {
    return element.getStartDate().toInstant();
  }

  private static Instant end(ElementInstance element) {
    return element.getEndDate() == null ? start(element) : element.getEndDate().toInstant();
  }

  private static String name(ElementInstance element) {
    return Optional.ofNullable(element.getElementName())
        .filter(name -> !name.isBlank())
        .orElseGet(() -> new ElementId(element.getElementId()).inWords());
  }

  private static String inWords(Duration time) {
    if (time.toDays() >= 2) return time.toDays() + " days";
    if (time.toHours() >= 2) return time.toHours() + " hours";
    if (time.toMinutes() >= 2) return time.toMinutes() + " minutes";
    return time.toSeconds() + " seconds";
  }
}
