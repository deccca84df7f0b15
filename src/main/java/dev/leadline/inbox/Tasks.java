package dev.leadline.inbox;

import static java.util.stream.Collectors.toMap;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.filter.UserTaskFilter;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.search.response.Variable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The open user tasks of all journeys, as the engine knows them. */
@Component
class Tasks {

  static final Set<UserTaskState> OPEN =
      Set.of(UserTaskState.CREATED, UserTaskState.ASSIGNING, UserTaskState.UPDATING);
  private static final int SHOWN = 100;

  private final CamundaClient camunda;
  private final Leads leads;

  Tasks(CamundaClient camunda, Leads leads) {
    this.camunda = camunda;
    this.leads = leads;
  }

  /** Most urgent first; one question each for the tasks, for their lead ids and for the leads. */
  TaskList list(Show show, String viewer) {
    var found =
        camunda
            .newUserTaskSearchRequest()
            .filter(open().andThen(task -> show.narrow(task, viewer)))
            .sort(by -> by.priority().desc().dueDate().asc())
            .page(page -> page.limit(SHOWN))
            .send()
            .join();
    var about = leadsOf(found.items().stream().map(UserTask::getProcessInstanceKey).toList());
    var tasks =
        found.items().stream()
            .map(task -> Task.of(task, about.get(task.getProcessInstanceKey())))
            .sorted(
                Comparator.comparing(Task::priority, Comparator.reverseOrder())
                    .thenComparing(Task::due, Comparator.nullsLast(Comparator.naturalOrder()))
                    .thenComparing(Task::key))
            .toList();
    return new TaskList(tasks, found.page().totalItems());
  }

  long count() {
    var found = camunda.newUserTaskSearchRequest().filter(open()).page(page -> page.limit(1)).send().join();
    return found.page().totalItems();
  }

  Optional<Task> find(long key) {
    try {
      var task = camunda.newUserTaskGetRequest(key).send().join();
      var instance = task.getProcessInstanceKey();
      return Optional.of(Task.of(task, leadsOf(List.of(instance)).get(instance)));
    } catch (ClientHttpException e) {
      if (e.code() == 404) return Optional.empty();
      throw e;
    }
  }

  /** The open tasks of one process instance. */
  List<UserTask> ofInstance(long processInstanceKey) {
    return camunda
        .newUserTaskSearchRequest()
        .filter(open().andThen(task -> task.processInstanceKey(processInstanceKey)))
        .send()
        .join()
        .items();
  }

  private static Consumer<UserTaskFilter> open() {
    return task -> task.state(state -> state.in(List.copyOf(OPEN)));
  }

  private Map<Long, Lead> leadsOf(Collection<Long> instances) {
    if (instances.isEmpty()) return Map.of();
    var distinct = List.copyOf(Set.copyOf(instances));
    var ids =
        camunda
            .newVariableSearchRequest()
            .filter(variable -> variable.name("leadId").processInstanceKey(key -> key.in(distinct)))
            .page(page -> page.limit(SHOWN * 10))
            .send()
            .join()
            .items()
            .stream()
            .collect(toMap(Variable::getProcessInstanceKey, Tasks::text, (one, other) -> one));
    var byId = leads.findByIdIn(Set.copyOf(ids.values())).stream().collect(toMap(Lead::id, lead -> lead));
    return ids.entrySet().stream()
        .filter(entry -> Objects.nonNull(byId.get(entry.getValue())))
        .collect(toMap(Map.Entry::getKey, entry -> byId.get(entry.getValue())));
  }

  /** Variables come as JSON; a lead's id has no characters that JSON escapes. */
  private static String text(Variable variable) {
    return variable.getValue().replace("\"", "");
  }
}
