package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import io.camunda.zeebe.protocol.record.intent.BatchOperationIntent;

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
          .post("/actuator/cluster/purge", cluster::purge)
          .put("/v2/clock", cluster::pinClock)
          .post("/v2/clock/reset", cluster::releaseClock);
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
    BatchEndpoints batches = new BatchEndpoints(broker);
    router
        .post("/v2/process-instances/cancellation", batches::cancel)
        .post("/v2/process-instances/incident-resolution", batches::resolveIncidents)
        .post("/v2/process-instances/migration", batches::migrate)
        .post("/v2/process-instances/modification", batches::modify)
        .get("/v2/batch-operations/{batchOperationKey}", batches::get)
        .post("/v2/batch-operations/{batchOperationKey}/cancellation", batches.change(BatchOperationIntent.CANCEL))
        .post("/v2/batch-operations/{batchOperationKey}/suspension", batches.change(BatchOperationIntent.SUSPEND))
        .post("/v2/batch-operations/{batchOperationKey}/resumption", batches.change(BatchOperationIntent.RESUME));
    queries(router, broker);
    return router.notOffered(
        "/v2/authorizations", "/v2/clock", "/v2/documents", "/v2/groups", "/v2/mapping-rules", "/v2/roles",
        "/v2/setup", "/v2/system", "/v2/tenants", "/v2/users", "/actuator/clock", "/actuator/cluster");
  }

  private static void queries(Router router, Broker broker) {
    Queries queries = new Queries(broker);
    DefinitionQueries definitions = new DefinitionQueries(broker);
    InstanceQueries instances = new InstanceQueries(broker);
    String definition = "processDefinitionKey";
    String instance = "processInstanceKey";
    router
        .post("/v2/process-definitions/search", queries.search(all -> all.processDefinitions))
        .get(
            "/v2/process-definitions/{processDefinitionKey}",
            queries.one("Process Definition", definition, all -> all.processDefinitions))
        .get("/v2/process-definitions/{processDefinitionKey}/xml", definitions::processXml)
        .get("/v2/process-definitions/{processDefinitionKey}/form", definitions::startForm)
        .post(
            "/v2/process-definitions/{processDefinitionKey}/statistics/element-instances",
            instances::definitionStatistics)
        .post("/v2/process-instances/search", queries.search(all -> all.processInstances))
        .get(
            "/v2/process-instances/{processInstanceKey}",
            queries.one("Process Instance", instance, all -> all.processInstances))
        .get("/v2/process-instances/{processInstanceKey}/sequence-flows", instances::sequenceFlows)
        .get("/v2/process-instances/{processInstanceKey}/statistics/element-instances", instances::instanceStatistics)
        .get("/v2/process-instances/{processInstanceKey}/call-hierarchy", instances::callHierarchy)
        .post("/v2/process-instances/{processInstanceKey}/incidents/search", instances::incidents)
        .post("/v2/element-instances/search", queries.search(all -> all.elementInstances))
        .get(
            "/v2/element-instances/{elementInstanceKey}",
            queries.one("Element Instance", "elementInstanceKey", all -> all.elementInstances))
        .post("/v2/variables/search", instances::variables)
        .get("/v2/variables/{variableKey}", queries.one("Variable", "variableKey", all -> all.variables))
        .post("/v2/incidents/search", queries.search(all -> all.incidents))
        .get("/v2/incidents/{incidentKey}", queries.one("Incident", "incidentKey", all -> all.incidents))
        .post("/v2/jobs/search", queries.search(all -> all.jobs))
        .post("/v2/user-tasks/search", queries.search(all -> all.userTasks))
        .get("/v2/user-tasks/{userTaskKey}", queries.one("User Task", "userTaskKey", all -> all.userTasks))
        .get("/v2/user-tasks/{userTaskKey}/form", definitions::taskForm)
        .post("/v2/user-tasks/{userTaskKey}/variables/search", instances::taskVariables)
        .post("/v2/user-tasks/{userTaskKey}/effective-variables/search", instances::effectiveVariables)
        .post("/v2/decision-definitions/search", queries.search(all -> all.decisionDefinitions))
        .get(
            "/v2/decision-definitions/{decisionDefinitionKey}",
            queries.one("Decision Definition", "decisionDefinitionKey", all -> all.decisionDefinitions))
        .get("/v2/decision-definitions/{decisionDefinitionKey}/xml", definitions::decisionXml)
        .post("/v2/decision-requirements/search", queries.search(all -> all.decisionRequirements))
        .get(
            "/v2/decision-requirements/{decisionRequirementsKey}",
            queries.one("Decision Requirements", "decisionRequirementsKey", all -> all.decisionRequirements))
        .get("/v2/decision-requirements/{decisionRequirementsKey}/xml", definitions::requirementsXml)
        .post("/v2/decision-instances/search", queries.search(all -> all.decisionInstances))
        .get("/v2/decision-instances/{decisionEvaluationInstanceKey}", definitions::decisionInstance)
        .get("/v2/resources/{resourceKey}", queries.one("Resource", "resourceKey", all -> all.resources))
        .get("/v2/resources/{resourceKey}/content", definitions::resourceContent)
        .post("/v2/message-subscriptions/search", queries.search(all -> all.messageSubscriptions))
        .post("/v2/correlated-message-subscriptions/search", queries.search(all -> all.correlations))
        .post("/v2/batch-operations/search", queries.search(all -> all.batchOperations))
        .post("/v2/batch-operation-items/search", queries.search(all -> all.batchOperationItems));
  }
}
