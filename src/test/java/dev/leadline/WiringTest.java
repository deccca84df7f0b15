package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.camunda.client.annotation.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeExecutionListener;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.junit.jupiter.api.Test;

/** Whoever re-wires a diagram learns here, not in Operate, that something is not plugged in. */
class WiringTest {

  private static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
  private static final Set<String> JOB_BINDINGS =
      Set.of("zeebe:taskDefinition type", "zeebe:taskListener ", "zeebe:executionListener ");

  /** Tables that a step asks itself, because they count at the moment of sending and not only where they are drawn. */
  private static final Set<String> ASKED_BY_STEPS = Set.of("contact-policy", "send-policy", "mailbox-policy");

  private final List<BpmnModelInstance> journeys =
      files("bpmn", ".bpmn").map(file -> Bpmn.readModelFromFile(file.toFile())).toList();

  @Test
  void everyJobTypeHasAWorker() {
    assertThat(workers().keySet())
        .containsAll(used(ZeebeTaskDefinition.class, ZeebeTaskDefinition::getType))
        .containsAll(used(ZeebeTaskListener.class, ZeebeTaskListener::getType))
        .containsAll(used(ZeebeExecutionListener.class, ZeebeExecutionListener::getType));
  }

  @Test
  void everyWorkerIsOfferedByATemplate() {
    assertThat(templateTypes()).isEqualTo(workers().keySet());
  }

  @Test
  void everyWorkerIsPublicAndNamedAfterItsJobType() {
    assertThat(workers()).allSatisfy((type, worker) -> {
      assertThat(worker.getOwner().getSimpleName()).isEqualTo(pascal(type));
      assertThat(worker.getModifiers()).contains(JavaModifier.PUBLIC);
      assertThat(worker.getOwner().getModifiers()).contains(JavaModifier.PUBLIC);
    });
  }

  @Test
  void everyPromptBelongsToAWorker() {
    assertThat(workers().keySet())
        .containsAll(ids("src/main/resources/prompts", ".system.md"))
        .containsAll(ids("src/main/resources/prompts", ".user.md"));
  }

  @Test
  void everyAppliedTemplateExistsInTheVersionThatWasApplied() {
    var versions = files("bpmn/.camunda/element-templates", ".json").map(WiringTest::json)
        .collect(Collectors.toMap(
            template -> template.path("id").asText(), template -> template.path("version").asText()));
    assertThat(applied("modelerTemplate", "modelerTemplateVersion")).isNotEmpty().allSatisfy(
        (id, version) -> assertThat(versions).containsEntry(id, version));
  }

  @Test
  void everyFormExists() {
    assertThat(ids("forms", ".form")).isEqualTo(used(ZeebeFormDefinition.class, ZeebeFormDefinition::getFormId));
  }

  @Test
  void everyDecisionExists() {
    var used = new HashSet<>(used(ZeebeCalledDecision.class, ZeebeCalledDecision::getDecisionId));
    used.addAll(ASKED_BY_STEPS);
    assertThat(ids("bpmn", ".dmn")).isEqualTo(used);
  }

  @Test
  void everyCalledProcessExists() {
    assertThat(ids("bpmn", ".bpmn")).containsAll(used(ZeebeCalledElement.class, ZeebeCalledElement::getProcessId));
  }

  private <T extends ModelElementInstance> Set<String> used(Class<T> element, Function<T, String> attribute) {
    return journeys.stream()
        .flatMap(journey -> journey.getModelElementsByType(element).stream())
        .map(attribute)
        .collect(Collectors.toSet());
  }

  private Map<String, String> applied(String id, String version) {
    return journeys.stream()
        .flatMap(journey -> journey.getModelElementsByType(BaseElement.class).stream())
        .filter(element -> element.getAttributeValueNs(ZEEBE, id) != null)
        .collect(Collectors.toMap(element -> element.getAttributeValueNs(ZEEBE, id),
            element -> element.getAttributeValueNs(ZEEBE, version), (one, other) -> one));
  }

  private static Map<String, JavaMethod> workers() {
    return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages("dev.leadline").stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.isAnnotatedWith(JobWorker.class))
        .collect(Collectors.toMap(method -> method.getAnnotationOfType(JobWorker.class).type(), method -> method));
  }

  private static Set<String> templateTypes() {
    return files("bpmn/.camunda/element-templates", ".json")
        .flatMap(file -> StreamSupport.stream(json(file).path("properties").spliterator(), false))
        .filter(property -> JOB_BINDINGS.contains(
            property.at("/binding/type").asText() + " " + property.at("/binding/property").asText()))
        .map(property -> property.path("value").asText())
        .collect(Collectors.toSet());
  }

  private static String pascal(String kebab) {
    return Stream.of(kebab.split("-")).map(word -> word.substring(0, 1).toUpperCase() + word.substring(1))
        .collect(Collectors.joining());
  }

  /** Files are named after the one thing in them. */
  private static Set<String> ids(String directory, String suffix) {
    return files(directory, suffix).map(file -> file.getFileName().toString().replace(suffix, ""))
        .collect(Collectors.toSet());
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(String directory, String suffix) {
    try (var found = Files.list(Path.of(directory))) {
      return found.filter(file -> file.toString().endsWith(suffix)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
