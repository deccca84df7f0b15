package dev.leadline.journey;

import io.camunda.client.api.statistics.response.ProcessElementStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is drawn onto a diagram, by element id.
 *
 * @param active tokens that are there now
 * @param incidents of these, how many are stuck
 * @param completed tokens that went through
 * @param flows sequence flows that were taken; empty for a whole process
 */
record Marks(
    Map<String, Long> active, Map<String, Long> incidents, Map<String, Long> completed, Collection<String> flows) {

  static Marks of(List<ProcessElementStatistics> elements, Collection<String> flows) {
    return new Marks(
        some(elements, ProcessElementStatistics::getActive),
        some(elements, ProcessElementStatistics::getIncidents),
        some(elements, ProcessElementStatistics::getCompleted),
        flows);
  }

  private static Map<String, Long> some(
      List<ProcessElementStatistics> elements, Function<ProcessElementStatistics, Long> count) {
    return elements.stream()
        .filter(element -> count.apply(element) != null && count.apply(element) > 0)
        .collect(Collectors.toMap(ProcessElementStatistics::getElementId, count, Long::sum));
  }
}
