package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRuntimeInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationStartInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationMappingInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationActivateInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationTerminateInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationVariableInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceRecord;
import io.camunda.zeebe.protocol.impl.record.value.resource.ResourceDeletionRecord;
import io.camunda.zeebe.protocol.record.intent.DeploymentIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceCreationIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceMigrationIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceModificationIntent;
import io.camunda.zeebe.protocol.record.intent.ResourceDeletionIntent;
import io.camunda.zeebe.protocol.record.value.RuntimeInstructionType;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Commands about definitions and instances of processes. */
public final class ProcessCommands {

  private ProcessCommands() {}

  /** A file to deploy. */
  public record Resource(String name, byte[] content) {}

  public static Command deploy(List<Resource> resources) {
    if (resources.isEmpty()) {
      throw Refusal.invalid("Expected to deploy at least one resource, but none given.");
    }
    DeploymentRecord record = new DeploymentRecord().setTenantId(Command.TENANT);
    for (Resource resource : resources) {
      record.resources().add().setResourceName(resource.name()).setResource(resource.content());
    }
    return Command.create(DeploymentIntent.CREATE, record);
  }

  public static Command deleteResource(long key) {
    return Command.create(ResourceDeletionIntent.DELETE, new ResourceDeletionRecord().setResourceKey(key));
  }

  /** How an instance begins; key or id names the definition, the other is -1 or empty. */
  public record Start(
      long definitionKey,
      String definitionId,
      int version,
      DirectBuffer variables,
      Set<String> tags,
      List<String> startElements,
      List<String> terminateAfter) {}

  public static Command create(Start start) {
    return Command.create(ProcessInstanceCreationIntent.CREATE, creation(start));
  }

  public static Command createAndAwait(Start start, List<String> fetchVariables) {
    return Command.create(
        ProcessInstanceCreationIntent.CREATE_WITH_AWAITING_RESULT,
        creation(start).setFetchVariables(fetchVariables));
  }

  private static ProcessInstanceCreationRecord creation(Start start) {
    ProcessInstanceCreationRecord record =
        new ProcessInstanceCreationRecord()
            .setProcessDefinitionKey(start.definitionKey())
            .setBpmnProcessId(start.definitionId())
            .setVersion(start.version())
            .setVariables(start.variables())
            .setTags(start.tags())
            .setTenantId(Command.TENANT);
    for (String element : start.startElements()) {
      record.addStartInstruction(new ProcessInstanceCreationStartInstruction().setElementId(element));
    }
    for (String element : start.terminateAfter()) {
      record.addRuntimeInstruction(
          new ProcessInstanceCreationRuntimeInstruction()
              .setType(RuntimeInstructionType.TERMINATE_PROCESS_INSTANCE)
              .setAfterElementId(element));
    }
    return record;
  }

  public static Command cancel(long instanceKey) {
    return new Command(ProcessInstanceIntent.CANCEL, instanceKey, new ProcessInstanceRecord());
  }

  /** Variables to set when an element is activated; an empty scope means the process instance. */
  public record ScopedVariables(String scopeId, DirectBuffer variables) {}

  /** An element to activate, below the ancestor instance or -1. */
  public record Activation(String elementId, long ancestor, List<ScopedVariables> variables) {}

  public static Command modify(long instanceKey, List<Activation> activations, List<Long> terminations) {
    ProcessInstanceModificationRecord record =
        new ProcessInstanceModificationRecord().setProcessInstanceKey(instanceKey);
    for (Activation activation : activations) {
      ProcessInstanceModificationActivateInstruction instruction =
          new ProcessInstanceModificationActivateInstruction()
              .setElementId(activation.elementId())
              .setAncestorScopeKey(activation.ancestor());
      for (ScopedVariables scoped : activation.variables()) {
        instruction.addVariableInstruction(
            new ProcessInstanceModificationVariableInstruction()
                .setElementId(scoped.scopeId())
                .setVariables(scoped.variables()));
      }
      record.addActivateInstruction(instruction);
    }
    for (long elementInstance : terminations) {
      record.addTerminateInstruction(
          new ProcessInstanceModificationTerminateInstruction().setElementInstanceKey(elementInstance));
    }
    return new Command(ProcessInstanceModificationIntent.MODIFY, instanceKey, record);
  }

  /** Where the tokens of one element go in the new definition. */
  public record Mapping(String source, String target) {}

  public static Command migrate(long instanceKey, long targetDefinition, List<Mapping> mappings) {
    ProcessInstanceMigrationRecord record =
        new ProcessInstanceMigrationRecord()
            .setProcessInstanceKey(instanceKey)
            .setTargetProcessDefinitionKey(targetDefinition);
    for (Mapping mapping : mappings) {
      record.addMappingInstruction(
          new ProcessInstanceMigrationMappingInstruction()
              .setSourceElementId(mapping.source())
              .setTargetElementId(mapping.target()));
    }
    return new Command(ProcessInstanceMigrationIntent.MIGRATE, instanceKey, record);
  }
}
