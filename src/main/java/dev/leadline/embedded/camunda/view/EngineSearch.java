package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camunda.search.clients.SearchClientsProxy;
import io.camunda.search.clients.impl.NoopSearchClientsProxy;
import io.camunda.search.entities.IncidentEntity;
import io.camunda.search.entities.ProcessInstanceEntity;
import io.camunda.search.page.SearchQueryPage;
import io.camunda.search.query.IncidentQuery;
import io.camunda.search.query.ProcessInstanceQuery;
import io.camunda.search.query.SearchQueryResult;
import io.camunda.security.auth.SecurityContext;
import java.util.List;
import java.util.function.Supplier;

/** What the engine itself asks the view: which instances and incidents a batch operation is about. */
public final class EngineSearch extends NoopSearchClientsProxy {
  private final Supplier<View> view;

  /** {@code view} waits until there is one. */
  public EngineSearch(Supplier<View> view) {
    this.view = view;
  }

  @Override
  public SearchClientsProxy withSecurityContext(SecurityContext context) {
    return this;
  }

  @Override
  public SearchQueryResult<ProcessInstanceEntity> searchProcessInstances(ProcessInstanceQuery query) {
    Found found =
        view.get().search(
            all -> all.processInstances, page(query.page()), all -> InstanceFilter.test(all, query.filter()));
    return result(found, found.items().stream().map(EngineSearch::instance).toList());
  }

  private static ProcessInstanceEntity instance(Entity row) {
    return new ProcessInstanceEntity(
        row.key("processInstanceKey"), row.text("processDefinitionId"), row.text("processDefinitionName"),
        (Integer) row.get("processDefinitionVersion"), row.text("processDefinitionVersionTag"),
        row.key("processDefinitionKey"), row.key("parentProcessInstanceKey"), row.key("parentElementInstanceKey"),
        null, null, ProcessInstanceEntity.ProcessInstanceState.valueOf(row.text("state")),
        (Boolean) row.get("hasIncident"), row.text("tenantId"), null, null);
  }

  @Override
  public SearchQueryResult<IncidentEntity> searchIncidents(IncidentQuery query) {
    List<Long> instances =
        query.filter().processInstanceKeyOperations().stream()
            .flatMap(operation -> operation.values().stream())
            .toList();
    Found found =
        view.get().search(
            all -> all.incidents,
            page(query.page()),
            all -> all.ofInstances(all.incidents, instances).and(all.incidents.test("state", "ACTIVE"::equals)));
    return result(found, found.items().stream().map(EngineSearch::incident).toList());
  }

  private static IncidentEntity incident(Entity row) {
    return new IncidentEntity(
        row.key("incidentKey"), row.key("processDefinitionKey"), row.text("processDefinitionId"),
        row.key("processInstanceKey"), null, row.text("errorMessage"), row.text("elementId"),
        row.key("elementInstanceKey"), null, IncidentEntity.IncidentState.ACTIVE, row.key("jobKey"),
        row.text("tenantId"));
  }

  private static ObjectNode page(SearchQueryPage page) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode wanted = body.putObject("page").put("limit", page.size());
    if (page.after() != null && !page.after().isEmpty()) {
      wanted.put("after", page.after());
    }
    return body;
  }

  private static <T> SearchQueryResult<T> result(Found found, List<T> items) {
    return new SearchQueryResult<>(found.total(), false, items, found.startCursor(), found.endCursor());
  }
}
