package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.InstanceCommands;
import dev.leadline.embedded.camunda.commands.JobCommands.AdHocElement;
import dev.leadline.embedded.camunda.commands.ProcessCommands;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Activation;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Mapping;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Resource;
import dev.leadline.embedded.camunda.commands.ProcessCommands.ScopedVariables;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Start;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.engine.Answer;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceResultRecord;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deploying, and commands to process instances. */
final class ProcessEndpoints {
  private static final long DEFAULT_AWAIT = 60_000;

  private final Broker broker;

  ProcessEndpoints(Broker broker) {
    this.broker = broker;
  }

  void deploy(Call call) throws IOException {
    Answer answer = broker.send(ProcessCommands.deploy(files(call))).join();
    call.json(200, Deployed.toJson(answer.key(), answer.read(new DeploymentRecord())));
  }

  private static List<Resource> files(Call call) throws IOException {
    HttpPostRequestDecoder form;
    try {
      form = new HttpPostRequestDecoder(call.request());
      if (!form.isMultipart()) {
        throw Refusal.of(Refusal.Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type '%s' is not supported.".formatted(call.mediaType()));
      }
    } catch (HttpPostRequestDecoder.ErrorDataDecoderException e) {
      throw Refusal.of(Refusal.Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type '%s' is not supported.".formatted(call.mediaType()));
    }
    try {
      List<Resource> files = new ArrayList<>();
      for (InterfaceHttpData data : form.getBodyHttpDatas()) {
        if (data instanceof FileUpload file) {
          files.add(new Resource(file.getFilename(), file.get()));
        }
      }
      if (files.isEmpty()) {
        throw Refusal.unreadable("Required part 'resources' is not present.");
      }
      return files;
    } finally {
      form.destroy();
    }
  }

  void deleteResource(Call call) {
    long key = call.key("resourceKey");
    new Checks().operationReference(call.optionalBody("operationReference")).done();
    broker.send(ProcessCommands.deleteResource(key)).join();
    call.empty(200);
  }

  void create(Call call) {
    Body body =
        call.body(
            "processDefinitionId", "processDefinitionVersion", "processDefinitionKey", "variables", "tenantId",
            "operationReference", "startInstructions", "runtimeInstructions", "awaitCompletion", "fetchVariables",
            "requestTimeout", "tags");
    new Checks()
        .oneOf(body, "processDefinitionId", "processDefinitionKey")
        .tenant(body, "Create Process Instance")
        .operationReference(body)
        .done();
    long key = body.key("processDefinitionKey", -1);
    String id = body.text("processDefinitionId", "");
    Start start =
        new Start(
            key,
            id,
            body.integer("processDefinitionVersion", -1),
            body.variables("variables"),
            new LinkedHashSet<>(body.texts("tags")),
            body.objects("startInstructions").stream().map(one -> one.requiredText("elementId")).toList(),
            body.objects("runtimeInstructions").stream().map(one -> one.requiredText("afterElementId")).toList());
    if (body.flag("awaitCompletion", false)) {
      long wait = body.number("requestTimeout", DEFAULT_AWAIT);
      Duration timeout = Duration.ofMillis(wait > 0 ? wait : DEFAULT_AWAIT);
      Answer answer =
          broker.send(ProcessCommands.createAndAwait(start, body.texts("fetchVariables")), timeout).join();
      ProcessInstanceResultRecord result = answer.read(new ProcessInstanceResultRecord());
      call.json(
          200,
          created(result.getProcessDefinitionKey(), result.getBpmnProcessId(), result.getVersion(),
              result.getProcessInstanceKey(), result.getTags(), result.getVariables()));
    } else {
      ProcessInstanceCreationRecord creation =
          broker.send(ProcessCommands.create(start)).join().read(new ProcessInstanceCreationRecord());
      call.json(
          200,
          created(creation.getProcessDefinitionKey(), creation.getBpmnProcessId(), creation.getVersion(),
              creation.getProcessInstanceKey(), creation.getTags(), Map.of()));
    }
  }

  private static Map<String, Object> created(
      long definition, String id, int version, long instance, Set<String> tags, Map<String, Object> variables) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("processDefinitionId", id);
    json.put("processDefinitionVersion", version);
    json.put("tenantId", "<default>");
    json.put("variables", variables);
    json.put("processDefinitionKey", Long.toString(definition));
    json.put("processInstanceKey", Long.toString(instance));
    json.put("tags", tags);
    return json;
  }

  void cancel(Call call) {
    new Checks().operationReference(call.optionalBody("operationReference")).done();
    broker.send(ProcessCommands.cancel(call.key("processInstanceKey"))).join();
    call.empty(204);
  }

  void modify(Call call) {
    Body body = call.body("operationReference", "activateInstructions", "terminateInstructions");
    new Checks()
        .expect(
            body.objects("activateInstructions").stream().allMatch(one -> one.has("elementId")), "No elementId provided")
        .expect(
            body.objects("terminateInstructions").stream().allMatch(one -> one.has("elementInstanceKey")),
            "No elementInstanceKey provided")
        .operationReference(body)
        .done();
    List<Activation> activations =
        body.objects("activateInstructions").stream()
            .map(one ->
                new Activation(
                    one.requiredText("elementId"),
                    one.key("ancestorElementInstanceKey", -1),
                    one.objects("variableInstructions").stream()
                        .map(scoped -> new ScopedVariables(scoped.text("scopeId", ""), scoped.variables("variables")))
                        .toList()))
            .toList();
    List<Long> terminations =
        body.objects("terminateInstructions").stream().map(one -> one.requiredKey("elementInstanceKey")).toList();
    broker.send(ProcessCommands.modify(call.key("processInstanceKey"), activations, terminations)).join();
    call.empty(204);
  }

  void migrate(Call call) {
    Body body = call.body("mappingInstructions", "operationReference", "targetProcessDefinitionKey");
    new Checks()
        .required(body, "targetProcessDefinitionKey")
        .mappings(body, "mappingInstructions")
        .operationReference(body)
        .done();
    List<Mapping> mappings = mappings(body, "mappingInstructions");
    long target = body.requiredKey("targetProcessDefinitionKey");
    broker.send(ProcessCommands.migrate(call.key("processInstanceKey"), target, mappings)).join();
    call.empty(204);
  }

  static List<Mapping> mappings(Body body, String field) {
    return body.objects(field).stream()
        .map(one -> new Mapping(one.requiredText("sourceElementId"), one.requiredText("targetElementId")))
        .toList();
  }

  void setVariables(Call call) {
    Body body = call.body("variables", "local", "operationReference");
    new Checks().required(body, "variables").operationReference(body).done();
    broker
        .send(
            InstanceCommands.setVariables(
                call.key("elementInstanceKey"), body.variables("variables"), body.flag("local", false)))
        .join();
    call.empty(204);
  }

  void activateAdHoc(Call call) {
    Body body = call.body("elements", "cancelRemainingInstances");
    new Checks()
        .expect(!body.objects("elements").isEmpty(), "No elements provided")
        .expect(
            body.objects("elements").stream().allMatch(one -> one.has("elementId")),
            "No elements.elementId provided")
        .done();
    List<AdHocElement> elements =
        body.objects("elements").stream()
            .map(one -> new AdHocElement(one.requiredText("elementId"), one.variables("variables")))
            .toList();
    boolean cancelRemaining = body.flag("cancelRemainingInstances", false);
    broker
        .send(InstanceCommands.activateAdHoc(call.key("adHocSubProcessInstanceKey"), elements, cancelRemaining))
        .join();
    call.empty(204);
  }

  void resolveIncident(Call call) {
    new Checks().operationReference(call.optionalBody("operationReference")).done();
    broker.send(InstanceCommands.resolveIncident(call.key("incidentKey"))).join();
    call.empty(204);
  }
}
