package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camunda.search.filter.Operation;
import io.camunda.search.filter.Operator;
import io.camunda.search.filter.ProcessInstanceFilter;
import io.camunda.search.filter.UntypedOperation;
import io.camunda.search.filter.VariableValueFilter;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * The filter of process instances as the engine keeps it with a batch operation: read from the API's JSON, and
 * applied to the view when the engine asks which instances are meant.
 */
public final class InstanceFilter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A property that takes operators: how a value is read, and where the engine's filter keeps it. */
  private record Field<T>(
      String name,
      Function<JsonNode, T> read,
      BiConsumer<ProcessInstanceFilter.Builder, List<Operation<T>>> set,
      Function<ProcessInstanceFilter, List<Operation<T>>> get) {

    void copy(JsonNode filter, ProcessInstanceFilter.Builder target) {
      if (filter.hasNonNull(name)) {
        set.accept(target, operations(filter.get(name), read));
      }
    }

    void conditions(ProcessInstanceFilter filter, List<ObjectNode> target) {
      get.apply(filter).forEach(operation -> target.add(object(name, operand(operation.operator(), operation.values()))));
    }
  }

  /** A property that is true or false. */
  private record Flag(
      String name,
      BiConsumer<ProcessInstanceFilter.Builder, Boolean> set,
      Function<ProcessInstanceFilter, Boolean> get) {}

  private static final List<Field<?>> FIELDS =
      List.of(
          new Field<>("processInstanceKey", JsonNode::asLong,
              ProcessInstanceFilter.Builder::processInstanceKeyOperations,
              ProcessInstanceFilter::processInstanceKeyOperations),
          new Field<>("processDefinitionId", JsonNode::asText,
              ProcessInstanceFilter.Builder::processDefinitionIdOperations,
              ProcessInstanceFilter::processDefinitionIdOperations),
          new Field<>("processDefinitionName", JsonNode::asText,
              ProcessInstanceFilter.Builder::processDefinitionNameOperations,
              ProcessInstanceFilter::processDefinitionNameOperations),
          new Field<>("processDefinitionVersion", JsonNode::asInt,
              ProcessInstanceFilter.Builder::processDefinitionVersionOperations,
              ProcessInstanceFilter::processDefinitionVersionOperations),
          new Field<>("processDefinitionVersionTag", JsonNode::asText,
              ProcessInstanceFilter.Builder::processDefinitionVersionTagOperations,
              ProcessInstanceFilter::processDefinitionVersionTagOperations),
          new Field<>("processDefinitionKey", JsonNode::asLong,
              ProcessInstanceFilter.Builder::processDefinitionKeyOperations,
              ProcessInstanceFilter::processDefinitionKeyOperations),
          new Field<>("parentProcessInstanceKey", JsonNode::asLong,
              ProcessInstanceFilter.Builder::parentProcessInstanceKeyOperations,
              ProcessInstanceFilter::parentProcessInstanceKeyOperations),
          new Field<>("parentElementInstanceKey", JsonNode::asLong,
              ProcessInstanceFilter.Builder::parentFlowNodeInstanceKeyOperations,
              ProcessInstanceFilter::parentFlowNodeInstanceKeyOperations),
          new Field<>("startDate", InstanceFilter::date,
              ProcessInstanceFilter.Builder::startDateOperations, ProcessInstanceFilter::startDateOperations),
          new Field<>("endDate", InstanceFilter::date,
              ProcessInstanceFilter.Builder::endDateOperations, ProcessInstanceFilter::endDateOperations),
          new Field<>("state", JsonNode::asText,
              ProcessInstanceFilter.Builder::stateOperations, ProcessInstanceFilter::stateOperations),
          new Field<>("tenantId", JsonNode::asText,
              ProcessInstanceFilter.Builder::tenantIdOperations, ProcessInstanceFilter::tenantIdOperations),
          new Field<>("errorMessage", JsonNode::asText,
              ProcessInstanceFilter.Builder::errorMessageOperations, ProcessInstanceFilter::errorMessageOperations),
          new Field<>("batchOperationKey", JsonNode::asText,
              ProcessInstanceFilter.Builder::batchOperationIdOperations,
              ProcessInstanceFilter::batchOperationIdOperations),
          new Field<>("elementId", JsonNode::asText,
              ProcessInstanceFilter.Builder::flowNodeIdOperations, ProcessInstanceFilter::flowNodeIdOperations),
          new Field<>("elementInstanceState", JsonNode::asText,
              ProcessInstanceFilter.Builder::flowNodeInstanceStateOperations,
              ProcessInstanceFilter::flowNodeInstanceStateOperations),
          new Field<>("incidentErrorHashCode", JsonNode::asInt,
              ProcessInstanceFilter.Builder::incidentErrorHashCodeOperations,
              ProcessInstanceFilter::incidentErrorHashCodeOperations));

  private static final List<Flag> FLAGS =
      List.of(
          new Flag("hasIncident", ProcessInstanceFilter.Builder::hasIncident, ProcessInstanceFilter::hasIncident),
          new Flag("hasRetriesLeft",
              ProcessInstanceFilter.Builder::hasRetriesLeft, ProcessInstanceFilter::hasRetriesLeft),
          new Flag("hasElementInstanceIncident",
              ProcessInstanceFilter.Builder::hasFlowNodeInstanceIncident,
              ProcessInstanceFilter::hasFlowNodeInstanceIncident));

  private static final Map<Operator, String> OPERATORS =
      Map.of(
          Operator.EQUALS, "$eq", Operator.NOT_EQUALS, "$neq", Operator.IN, "$in", Operator.NOT_IN, "$notIn",
          Operator.LIKE, "$like", Operator.GREATER_THAN, "$gt", Operator.GREATER_THAN_EQUALS, "$gte",
          Operator.LOWER_THAN, "$lt", Operator.LOWER_THAN_EQUALS, "$lte");

  private InstanceFilter() {}

  /** The engine's form of the filter; refuses what a search would refuse. */
  public static ProcessInstanceFilter read(Tables tables, JsonNode filter) {
    new Filter(tables.processInstances, filter);
    return read(filter);
  }

  private static ProcessInstanceFilter read(JsonNode filter) {
    ProcessInstanceFilter.Builder target = new ProcessInstanceFilter.Builder();
    FIELDS.forEach(field -> field.copy(filter, target));
    FLAGS.stream()
        .filter(flag -> filter.hasNonNull(flag.name()))
        .forEach(flag -> flag.set().accept(target, filter.get(flag.name()).booleanValue()));
    List<VariableValueFilter> variables = new ArrayList<>();
    for (JsonNode variable : filter.path("variables")) {
      List<UntypedOperation> values =
          operations(variable.path("value"), JsonNode::asText).stream().map(UntypedOperation::of).toList();
      variables.add(new VariableValueFilter(variable.path("name").asText(), values));
    }
    if (!variables.isEmpty()) {
      target.variables(variables);
    }
    Set<String> tags = new HashSet<>();
    filter.path("tags").forEach(tag -> tags.add(tag.asText()));
    if (!tags.isEmpty()) {
      target.tags(tags);
    }
    filter.path("$or").forEach(alternative -> target.addOrOperation(read(alternative)));
    return target.build();
  }

  private static OffsetDateTime date(JsonNode value) {
    return OffsetDateTime.parse(value.asText());
  }

  private static <T> List<Operation<T>> operations(JsonNode operand, Function<JsonNode, T> read) {
    if (!operand.isObject()) {
      return List.of(Operation.eq(read.apply(operand)));
    }
    List<Operation<T>> operations = new ArrayList<>();
    operand.properties().forEach(one -> {
      JsonNode value = one.getValue();
      if (one.getKey().equals("$exists")) {
        operations.add(Operation.exists(value.booleanValue()));
      } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
        List<T> values = new ArrayList<>();
        if (value.isArray()) {
          value.forEach(item -> values.add(read.apply(item)));
        } else {
          values.add(read.apply(value));
        }
        operations.add(new Operation<>(operator(one.getKey()), values));
      }
    });
    return operations;
  }

  private static Operator operator(String name) {
    return OPERATORS.entrySet().stream()
        .filter(known -> known.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** The instances that the filter means. */
  static IntPredicate test(Tables tables, ProcessInstanceFilter filter) {
    List<ObjectNode> conditions = new ArrayList<>();
    FIELDS.forEach(field -> field.conditions(filter, conditions));
    for (Flag flag : FLAGS) {
      if (flag.get().apply(filter) != null) {
        conditions.add(object(flag.name(), JSON.booleanNode(flag.get().apply(filter))));
      }
    }
    for (VariableValueFilter variable : filter.variableFilters()) {
      for (UntypedOperation operation : variable.valueOperations()) {
        ObjectNode one = JSON.objectNode().put("name", variable.name());
        one.set("value", operand(operation.operator(), texts(operation.values())));
        conditions.add(object("variables", JSON.arrayNode().add(one)));
      }
    }
    ArrayNode tags = JSON.arrayNode();
    filter.tags().forEach(tags::add);
    conditions.add(object("tags", tags));
    IntPredicate all = slot -> true;
    for (ObjectNode condition : conditions) {
      all = all.and(new Filter(tables.processInstances, condition)::matches);
    }
    return filter.orFilters() == null || filter.orFilters().isEmpty()
        ? all
        : all.and(filter.orFilters().stream().map(one -> test(tables, one)).reduce(IntPredicate::or).orElseThrow());
  }

  /** The engine guesses the type of a variable's value, which the view keeps as text. */
  private static List<String> texts(List<?> values) {
    return values == null ? List.of() : values.stream().map(String::valueOf).toList();
  }

  private static ObjectNode object(String name, JsonNode value) {
    ObjectNode object = JSON.objectNode();
    object.set(name, value);
    return object;
  }

  private static ObjectNode operand(Operator operator, List<?> values) {
    return switch (operator) {
      case EXISTS -> object("$exists", JSON.booleanNode(true));
      case NOT_EXISTS -> object("$exists", JSON.booleanNode(false));
      case IN, NOT_IN -> {
        ArrayNode all = JSON.arrayNode();
        values.forEach(value -> all.add(value(value)));
        yield object(OPERATORS.get(operator), all);
      }
      default -> object(OPERATORS.get(operator), value(values.getFirst()));
    };
  }

  private static JsonNode value(Object value) {
    return value instanceof Integer number ? JSON.numberNode(number) : JSON.textNode(value.toString());
  }
}
