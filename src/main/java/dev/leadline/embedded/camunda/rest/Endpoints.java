package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;

/** Every endpoint of the API: a row each. */
final class Endpoints {

  private Endpoints() {}

  static Router router(Broker broker, boolean testing) {
    Router router = new Router();
    ClusterEndpoints cluster = new ClusterEndpoints(broker);
    router
        .get("/v2/topology", cluster::topology)
        .get("/v2/status", cluster::status)
        .get("/v2/license", cluster::license)
        .get("/v2/authentication/me", cluster::me)
        .get("/actuator/health/status", cluster::status);
    if (testing) {
      router
          .get("/actuator/clock", cluster::clock)
          .post("/actuator/clock/add", cluster::addTime)
          .delete("/actuator/clock", cluster::resetClock)
          .post("/actuator/cluster/purge", cluster::purge);
    }
    ProcessEndpoints processes = new ProcessEndpoints(broker);
    router
        .post("/v2/deployments", processes::deploy)
        .post("/v2/resources/{resourceKey}/deletion", processes::deleteResource)
        .post("/v2/process-instances", processes::create)
        .post("/v2/process-instances/{processInstanceKey}/cancellation", processes::cancel)
        .post("/v2/process-instances/{processInstanceKey}/modification", processes::modify)
        .post("/v2/process-instances/{processInstanceKey}/migration", processes::migrate)
        .put("/v2/element-instances/{elementInstanceKey}/variables", processes::setVariables)
        .post(
            "/v2/element-instances/ad-hoc-activities/{adHocSubProcessInstanceKey}/activation",
            processes::activateAdHoc)
        .post("/v2/incidents/{incidentKey}/resolution", processes::resolveIncident);
    WorkEndpoints work = new WorkEndpoints(broker);
    router
        .post("/v2/jobs/activation", work::activateJobs)
        .post("/v2/jobs/{jobKey}/completion", work::completeJob)
        .post("/v2/jobs/{jobKey}/failure", work::failJob)
        .post("/v2/jobs/{jobKey}/error", work::throwError)
        .patch("/v2/jobs/{jobKey}", work::updateJob)
        .post("/v2/user-tasks/{userTaskKey}/completion", work::completeTask)
        .post("/v2/user-tasks/{userTaskKey}/assignment", work::assignTask)
        .delete("/v2/user-tasks/{userTaskKey}/assignee", work::unassignTask)
        .patch("/v2/user-tasks/{userTaskKey}", work::updateTask)
        .post("/v2/decision-definitions/evaluation", work::evaluateDecision)
        .post("/v2/messages/publication", work::publishMessage)
        .post("/v2/messages/correlation", work::correlateMessage)
        .post("/v2/signals/broadcast", work::broadcastSignal);
    queries(router, broker);
    return router.notOffered(
        "/v2/authorizations", "/v2/batch-operations", "/v2/batch-operation-items", "/v2/clock", "/v2/documents",
        "/v2/groups", "/v2/mapping-rules", "/v2/roles", "/v2/setup", "/v2/system", "/v2/tenants", "/v2/users",
        "/v2/process-instances/cancellation", "/v2/process-instances/incident-resolution",
        "/v2/process-instances/migration", "/v2/process-instances/modification");
  }

  private static void queries(Router router, Broker broker) {
    Queries queries = new Queries(broker);
    DefinitionQueries definitions = new DefinitionQueries(broker);
    InstanceQueries instances = new InstanceQueries(broker);
    router
        .post("/v2/process-definitions/search", queries.search(all -> all.processDefinitions))
        .get("/v2/process-definitions/{key}", queries.one("Process definition", all -> all.processDefinitions))
        .get("/v2/process-definitions/{key}/xml", definitions::processXml)
        .get("/v2/process-definitions/{key}/form", definitions::startForm)
        .post("/v2/process-definitions/{key}/statistics/element-instances", instances::definitionStatistics)
        .post("/v2/process-instances/search", queries.search(all -> all.processInstances))
        .get("/v2/process-instances/{key}", queries.one("Process instance", all -> all.processInstances))
        .get("/v2/process-instances/{key}/sequence-flows", instances::sequenceFlows)
        .get("/v2/process-instances/{key}/statistics/element-instances", instances::instanceStatistics)
        .get("/v2/process-instances/{key}/call-hierarchy", instances::callHierarchy)
        .post("/v2/process-instances/{key}/incidents/search", instances::incidents)
        .post("/v2/element-instances/search", queries.search(all -> all.elementInstances))
        .get("/v2/element-instances/{key}", queries.one("Element instance", all -> all.elementInstances))
        .post("/v2/variables/search", instances::variables)
        .get("/v2/variables/{key}", queries.one("Variable", all -> all.variables))
        .post("/v2/incidents/search", queries.search(all -> all.incidents))
        .get("/v2/incidents/{key}", queries.one("Incident", all -> all.incidents))
        .post("/v2/jobs/search", queries.search(all -> all.jobs))
        .post("/v2/user-tasks/search", queries.search(all -> all.userTasks))
        .get("/v2/user-tasks/{key}", queries.one("User task", all -> all.userTasks))
        .get("/v2/user-tasks/{key}/form", definitions::taskForm)
        .post("/v2/user-tasks/{key}/variables/search", instances::taskVariables)
        .post("/v2/user-tasks/{key}/effective-variables/search", instances::taskVariables)
        .post("/v2/decision-definitions/search", queries.search(all -> all.decisionDefinitions))
        .get("/v2/decision-definitions/{key}", queries.one("Decision definition", all -> all.decisionDefinitions))
        .get("/v2/decision-definitions/{key}/xml", definitions::decisionXml)
        .post("/v2/decision-requirements/search", queries.search(all -> all.decisionRequirements))
        .get("/v2/decision-requirements/{key}", queries.one("Decision requirements", all -> all.decisionRequirements))
        .get("/v2/decision-requirements/{key}/xml", definitions::requirementsXml)
        .post("/v2/decision-instances/search", queries.search(all -> all.decisionInstances))
        .get("/v2/decision-instances/{id}", definitions::decisionInstance)
        .get("/v2/resources/{key}", queries.one("Resource", all -> all.resources))
        .get("/v2/resources/{key}/content", definitions::resourceContent)
        .post("/v2/message-subscriptions/search", queries.search(all -> all.messageSubscriptions))
        .post("/v2/correlated-message-subscriptions/search", queries.search(all -> all.correlations));
  }
}
