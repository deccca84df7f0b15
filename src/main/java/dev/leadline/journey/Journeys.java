package dev.leadline.journey;

import static java.util.Comparator.comparing;

import dev.leadline.web.NotHere;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.CamundaFuture;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.filter.ProcessInstanceFilter;
import io.camunda.client.api.search.response.ProcessDefinition;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.SearchResponse;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The deployed processes, as the engine knows them. */
@Component
class Journeys {

  private static final int MOST = 200;

  private final CamundaClient camunda;

  Journeys(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /** One page of a process's instances; page is counted from 0. */
  record InstancePage(List<Instance> instances, int page, int size, long total) {
    public boolean more() {
      return (page + 1L) * size < total;
    }
  }

  /** The latest version of every process, by name; all counts are asked for at once. */
  List<Journey> all() {
    var latest =
        camunda
            .newProcessDefinitionSearchRequest()
            .filter(process -> process.isLatestVersion(true))
            .page(page -> page.limit(MOST))
            .send()
            .join()
            .items();
    record Asked(
        ProcessDefinition process,
        CamundaFuture<SearchResponse<ProcessInstance>> running,
        CamundaFuture<SearchResponse<ProcessInstance>> incidents,
        CamundaFuture<SearchResponse<ProcessInstance>> finished) {}
    return latest.stream()
        .map(
            process ->
                new Asked(
                    process,
                    count(process, instance -> instance.state(ProcessInstanceState.ACTIVE)),
                    count(process, instance -> instance.state(ProcessInstanceState.ACTIVE).hasIncident(true)),
                    count(process, instance -> instance.state(state -> state.neq(ProcessInstanceState.ACTIVE)))))
        .toList()
        .stream()
        .map(
            asked ->
                Journey.of(asked.process(), total(asked.running()), total(asked.incidents()), total(asked.finished())))
        .sorted(comparing(Journey::name))
        .toList();
  }

  ProcessDefinition get(long key) {
    return here(() -> camunda.newProcessDefinitionGetRequest(key).send().join(), "There is no such journey.");
  }

  /** All versions of a process, newest first. */
  List<ProcessDefinition> versions(String id) {
    return camunda
        .newProcessDefinitionSearchRequest()
        .filter(process -> process.processDefinitionId(id))
        .sort(by -> by.version().desc())
        .page(page -> page.limit(MOST))
        .send()
        .join()
        .items();
  }

  String diagram(long key) {
    return here(() -> camunda.newProcessDefinitionGetXmlRequest(key).send().join(), "There is no such journey.");
  }

  Marks marks(long key) {
    return here(
        () -> Marks.of(camunda.newProcessDefinitionElementStatisticsRequest(key).send().join(), List.of()),
        "There is no such journey.");
  }

  /** Instances of one version, newest first. */
  InstancePage instances(long key, Show show, int page, int size) {
    var found =
        camunda
            .newProcessInstanceSearchRequest()
            .filter(instance -> show.narrow(instance.processDefinitionKey(key)))
            .sort(by -> by.startDate().desc())
            .page(window -> window.from(page * size).limit(size))
            .send()
            .join();
    return new InstancePage(
        found.items().stream().map(Instance::of).toList(), page, size, found.page().totalItems());
  }

  private CamundaFuture<SearchResponse<ProcessInstance>> count(
      ProcessDefinition process, Consumer<ProcessInstanceFilter> which) {
    return camunda
        .newProcessInstanceSearchRequest()
        .filter(instance -> which.accept(instance.processDefinitionId(process.getProcessDefinitionId())))
        .page(page -> page.limit(1))
        .send();
  }

  private static Journey.Count total(CamundaFuture<SearchResponse<ProcessInstance>> asked) {
    var page = asked.join().page();
    return new Journey.Count(page.totalItems(), Boolean.TRUE.equals(page.hasMoreTotalItems()));
  }

  interface Question<T> {
    T ask();
  }

  static <T> T here(Question<T> question, String otherwise) {
    try {
      return question.ask();
    } catch (ClientHttpException e) {
      if (e.code() == 404) throw new NotHere(otherwise);
      throw e;
    }
  }
}
