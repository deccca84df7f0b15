// Works with the embedded engine as an application on Node.js does, through Camunda's public client, which checks
// every request and every answer against the API's description. The engine's address is in CAMUNDA_REST_ADDRESS.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import createCamundaClient from '@camunda8/orchestration-cluster-api';

const now = { consistency: { waitUpToMs: 0 } };
const form = JSON.stringify({ id: 'node-form', type: 'default', schemaVersion: 16, components: [] });
const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="node" targetNamespace="leadline">
  <bpmn:process id="node-client" name="Node client" isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>ToWork</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="ToWork" sourceRef="Start" targetRef="Work"/>
    <bpmn:serviceTask id="Work" name="Work">
      <bpmn:extensionElements><zeebe:taskDefinition type="node-work"/></bpmn:extensionElements>
      <bpmn:incoming>ToWork</bpmn:incoming><bpmn:outgoing>ToReview</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="ToReview" sourceRef="Work" targetRef="Review"/>
    <bpmn:userTask id="Review" name="Review">
      <bpmn:extensionElements>
        <zeebe:userTask/>
        <zeebe:formDefinition formId="node-form"/>
        <zeebe:assignmentDefinition candidateGroups="sales"/>
      </bpmn:extensionElements>
      <bpmn:incoming>ToReview</bpmn:incoming><bpmn:outgoing>ToEnd</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="ToEnd" sourceRef="Review" targetRef="End"/>
    <bpmn:endEvent id="End"><bpmn:incoming>ToEnd</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

const client = (validation) =>
  createCamundaClient({ config: { CAMUNDA_AUTH_STRATEGY: 'NONE', CAMUNDA_SDK_VALIDATION: validation } });
const camunda = client('req:strict,res:strict');
// This version of the client takes a form's schema for an object, where Camunda answers text.
const lenient = client('req:strict,res:none');

const until = async (question, holds) => {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await question();
    if (holds(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('it never came to that');
};

const topology = await camunda.getTopology();
assert.equal(topology.brokers.length, 1);
assert.equal((await camunda.getAuthentication()).canLogout, false);
assert.equal((await camunda.getLicense()).validLicense, false);

const directory = mkdtempSync(join(tmpdir(), 'node-client-'));
writeFileSync(join(directory, 'node-client.bpmn'), diagram);
writeFileSync(join(directory, 'node.form'), form);
const deployed = await camunda.deployResourcesFromFiles([
  join(directory, 'node-client.bpmn'), join(directory, 'node.form')]);
const { processDefinitionKey } = deployed.processes[0];
const definition = await camunda.getProcessDefinition({ processDefinitionKey }, now);
assert.equal(definition.name, 'Node client');
assert.match(await camunda.getProcessDefinitionXml({ processDefinitionKey }, now), /node-client/);

const good = await camunda.createProcessInstance({ processDefinitionKey, variables: { lead: 'Ada Grün', number: 7 } });
const bad = await camunda.createProcessInstance({ processDefinitionKey, variables: { lead: 'none', fails: true } });
const ours = { processDefinitionKey: { $eq: processDefinitionKey } };
const created = await camunda.searchProcessInstances({ filter: { ...ours, state: { $eq: 'ACTIVE' } } }, now);
assert.equal(Number(created.page.totalItems), 2, 'a search sees at once what was created');

const worker = camunda.createJobWorker({
  jobType: 'node-work',
  maxParallelJobs: 2,
  jobTimeoutMs: 30_000,
  pollIntervalMs: 50,
  jobHandler: (job) =>
    job.variables.fails
      ? job.fail({ errorMessage: 'this one fails', retries: 0 })
      : job.complete({ worked: job.variables.number * 6 }),
});

const filter = { processInstanceKey: good.processInstanceKey };
const tasks = await until(
  () => camunda.searchUserTasks({ filter: { ...filter, state: { $eq: 'CREATED' } } }, now),
  (found) => found.items.length === 1);
const task = tasks.items[0];
assert.deepEqual(task.candidateGroups, ['sales']);
const userTaskKey = task.userTaskKey;
assert.equal((await lenient.getUserTaskForm({ userTaskKey }, now)).formId, 'node-form');
await camunda.assignUserTask({ userTaskKey, assignee: 'demo' });
assert.equal((await camunda.getUserTask({ userTaskKey }, now)).assignee, 'demo');
const seen = await camunda.searchUserTaskVariables({ userTaskKey }, now);
assert.deepEqual(seen.items.map((one) => one.name).sort(), ['lead', 'number', 'worked']);
await camunda.completeUserTask({ userTaskKey, variables: { approved: true } });

const done = await until(
  () => camunda.getProcessInstance(filter, now), (instance) => instance.state === 'COMPLETED');
assert.equal(done.hasIncident, false);
const variables = await camunda.searchVariables(
  { filter: { processInstanceKey: { $eq: good.processInstanceKey }, name: { $in: ['worked', 'approved', 'lead'] } },
    sort: [{ field: 'name', order: 'ASC' }] }, now);
assert.deepEqual(variables.items.map((one) => one.value), ['true', '"Ada Grün"', '42']);
const elements = await camunda.searchElementInstances({ filter: { ...filter, type: 'USER_TASK' } }, now);
assert.equal(elements.items[0].state, 'COMPLETED');
const jobs = await camunda.searchJobs({ filter: { type: { $eq: 'node-work' }, state: { $eq: 'COMPLETED' } } }, now);
assert.equal(jobs.items[0].processInstanceKey, good.processInstanceKey);
const flows = await camunda.getProcessInstanceSequenceFlows(filter, now);
assert.deepEqual(flows.items.map((flow) => flow.elementId).sort(), ['ToEnd', 'ToReview', 'ToWork']);
const statistics = await camunda.getProcessDefinitionStatistics({ processDefinitionKey }, now);
assert.equal(Number(statistics.items.find((one) => one.elementId === 'Work').completed), 1);

const incidents = await until(
  () => camunda.searchIncidents({ filter: { processInstanceKey: bad.processInstanceKey, state: 'ACTIVE' } }, now),
  (found) => found.items.length === 1);
assert.equal(incidents.items[0].errorType, 'JOB_NO_RETRIES');
assert.equal(incidents.items[0].errorMessage, 'this one fails');
const batch = await camunda.cancelProcessInstancesBatchOperation(
  { filter: { processInstanceKey: { $eq: bad.processInstanceKey } } }, now);
const batchOperationKey = batch.batchOperationKey;
const finished = await until(
  () => camunda.getBatchOperation({ batchOperationKey }, { consistency: { waitUpToMs: 5000 } }),
  (one) => one.state === 'COMPLETED');
assert.equal(finished.operationsCompletedCount, 1);
assert.equal((await camunda.getProcessInstance({ processInstanceKey: bad.processInstanceKey }, now)).state, 'TERMINATED');
await assert.rejects(
  camunda.getProcessInstance({ processInstanceKey: '1' }, now), (error) => error.status === 404, 'an unknown key');
worker.stop();
console.log('worked with the engine from Node.js');
process.exit(0);
