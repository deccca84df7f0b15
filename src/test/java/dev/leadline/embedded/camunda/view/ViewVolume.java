package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Fills the view with 10,000 live and 100,000 finished instances and prints what they take and what typical
 * searches compute: {@code java … dev.leadline.embedded.camunda.view.ViewVolume [finished] [live]}.
 */
public final class ViewVolume {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = 40;
  private static final int ELEMENTS = 11;

  private final Tables tables = new Tables();
  private long key = 2251799813685248L;

  private ViewVolume() {}

  public static void main(String[] arguments) throws IOException {
    int finished = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    int live = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
    ViewVolume volume = new ViewVolume();
    long before = heap();
    long began = System.nanoTime();
    for (int i = 0; i < finished + live; i++) {
      volume.instance(i, i % 11 == 10 && i / 11 < live);
    }
    long rows = volume.tables.all.stream().mapToLong(Table::size).sum();
    long taken = heap() - before;
    System.out.printf(
        "%,d rows in %d ms, %,d MB, %d bytes a row%n",
        rows, (System.nanoTime() - began) / 1_000_000, taken >> 20, taken / rows);
    volume.searches();
    volume.file();
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void instance(int number, boolean live) {
    String process = "process-" + number % 5;
    long definition = 100 + number % 5;
    long time = 1_700_000_000_000L + number * 50L;
    long instance = key++;
    Row row = tables.processInstances.newRow(instance);
    row.set("processDefinitionId", process).set("processDefinitionKey", definition)
        .set("processDefinitionName", "Process " + process).set("processDefinitionVersion", 1)
        .set("state", live ? "ACTIVE" : "COMPLETED").set("startDate", time).set("endDate", live ? -1 : time + 900)
        .set("hasIncident", live && number % 50 == 0).set("tenantId", "<default>");
    tables.processInstances.add(row);
    for (int i = 0; i < 6; i++) {
      variable(instance, i, number);
    }
    for (int i = 0; i < ELEMENTS; i++) {
      boolean last = live && i == ELEMENTS - 1;
      long element = key++;
      row = tables.elementInstances.newRow(element);
      row.set("processDefinitionId", process).set("processDefinitionKey", definition)
          .set("processInstanceKey", instance).set("elementId", "Element_" + process + i)
          .set("elementName", "Element " + i).set("type", i % 2 == 0 ? "SERVICE_TASK" : "EXCLUSIVE_GATEWAY")
          .set("state", last ? "ACTIVE" : "COMPLETED").set("startDate", time + i).set("endDate", last ? -1 : time + i)
          .set("hasIncident", false).set("elementInstanceScopeKey", instance).set("tenantId", "<default>");
      tables.elementInstances.add(row);
      if (i % 2 == 0) {
        job(instance, element, process, definition, i, time, last);
      }
    }
    task(instance, process, definition, time, live, number);
    if (number % 20 == 0) {
      incident(instance, process, definition, time, live);
    }
  }

  private void variable(long instance, int i, int number) {
    Row row = tables.variables.newRow(key++);
    row.set("name", "variable" + i).set("value", i < 3 ? Integer.toString(i) : "\"the text of lead " + number + " " + i + "\"")
        .set("scopeKey", instance).set("processInstanceKey", instance).set("tenantId", "<default>");
    tables.variables.add(row);
  }

  private void job(
      long instance, long element, String process, long definition, int i, long time, boolean live) {
    Row row = tables.jobs.newRow(key++);
    row.set("processDefinitionId", process).set("processDefinitionKey", definition)
        .set("processInstanceKey", instance).set("elementInstanceKey", element).set("elementId", "Element_" + process + i)
        .set("type", "type-" + i).set("worker", "worker").set("kind", "BPMN_ELEMENT")
        .set("listenerEventType", "UNSPECIFIED").set("state", live ? "CREATED" : "COMPLETED").set("retries", 3)
        .set("hasFailedWithRetriesLeft", false).set("deadline", time + 60_000).set("endTime", live ? -1 : time + i)
        .set("customHeaders", Map.of("header", "value" + i)).set("tenantId", "<default>");
    tables.jobs.add(row);
  }

  private void task(long instance, String process, long definition, long time, boolean live, int number) {
    Row row = tables.userTasks.newRow(key++);
    row.set("processDefinitionId", process).set("processDefinitionKey", definition).set("processDefinitionVersion", 1)
        .set("processInstanceKey", instance).set("elementInstanceKey", key++).set("elementId", "Review")
        .set("name", "Review").set("state", live ? "CREATED" : "COMPLETED").set("assignee", "user-" + number % 30)
        .set("candidateGroups", List.of("group-" + number % 7, "sales")).set("candidateUsers", List.of())
        .set("creationDate", time).set("completionDate", live ? -1 : time + 5).set("priority", number % 100)
        .set("customHeaders", Map.of()).set("tenantId", "<default>");
    tables.userTasks.add(row);
  }

  private void incident(long instance, String process, long definition, long time, boolean live) {
    Row row = tables.incidents.newRow(key++);
    row.set("processDefinitionId", process).set("processDefinitionKey", definition)
        .set("processInstanceKey", instance).set("elementInstanceKey", key++).set("elementId", "Element_" + process)
        .set("errorType", "JOB_NO_RETRIES").set("errorMessage", "The mail server does not answer, try " + instance)
        .set("state", live ? "ACTIVE" : "RESOLVED").set("creationTime", time).set("tenantId", "<default>");
    tables.incidents.add(row);
  }

  private record Question(Table table, String body) {}

  private void searches() throws IOException {
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("instances, newest first",
        new Question(tables.processInstances, "{'sort':[{'field':'startDate','order':'DESC'}]}"));
    questions.put("instances, active", new Question(tables.processInstances, "{'filter':{'state':'ACTIVE'}}"));
    questions.put("instances, of a process and a state", new Question(tables.processInstances,
        "{'filter':{'processDefinitionId':'process-1','state':'ACTIVE'},'sort':[{'field':'startDate','order':'DESC'}]}"));
    questions.put("instances, with a variable", new Question(tables.processInstances,
        "{'filter':{'variables':[{'name':'variable4','value':'\\\\'the text of lead 77 4\\\\''}]}}"));
    questions.put("instances, with an element", new Question(tables.processInstances,
        "{'filter':{'elementId':'Element_process-14','elementInstanceState':'ACTIVE'}}"));
    questions.put("elements, all", new Question(tables.elementInstances, "{}"));
    questions.put("elements, newest first",
        new Question(tables.elementInstances, "{'sort':[{'field':'startDate','order':'DESC'}]}"));
    questions.put("elements, oldest first by name",
        new Question(tables.elementInstances, "{'sort':[{'field':'elementName'},{'field':'startDate'}]}"));
    questions.put("elements, by id", new Question(tables.elementInstances, "{'filter':{'elementId':'Element_process-14'}}"));
    questions.put("elements, by type and state", new Question(tables.elementInstances,
        "{'filter':{'type':'SERVICE_TASK','state':'ACTIVE'},'sort':[{'field':'endDate'}]}"));
    questions.put("elements, started between", new Question(tables.elementInstances,
        "{'filter':{'startDate':{'$gte':'2023-11-14T22:13:20Z','$lt':'2023-11-14T23:00:00Z'}}}"));
    questions.put("elements, of an instance",
        new Question(tables.elementInstances, "{'filter':{'processInstanceKey':'2251799813685248'}}"));
    questions.put("tasks, open", new Question(tables.userTasks,
        "{'filter':{'state':'CREATED'},'sort':[{'field':'creationDate','order':'DESC'}]}"));
    questions.put("tasks, of a group",
        new Question(tables.userTasks, "{'filter':{'candidateGroup':'group-3'},'sort':[{'field':'priority','order':'DESC'}]}"));
    questions.put("tasks, of a person", new Question(tables.userTasks, "{'filter':{'assignee':'user-7','state':'CREATED'}}"));
    questions.put("variables, by name", new Question(tables.variables, "{'filter':{'name':'variable3'}}"));
    questions.put("variables, by value",
        new Question(tables.variables, "{'filter':{'value':'\\\\'the text of lead 777 4\\\\''}}"));
    questions.put("variables, by name and like",
        new Question(tables.variables, "{'filter':{'name':'variable4','value':{'$like':'*lead 77*'}}}"));
    questions.put("variables, by like alone", new Question(tables.variables, "{'filter':{'value':{'$like':'*lead 77*'}}}"));
    questions.put("incidents, active", new Question(tables.incidents, "{'filter':{'state':'ACTIVE'}}"));
    questions.put("jobs, by type and state", new Question(tables.jobs, "{'filter':{'type':'type-4','state':'CREATED'}}"));
    questions.put("jobs, by end", new Question(tables.jobs, "{'sort':[{'field':'endTime','order':'DESC'}]}"));
    for (Map.Entry<String, Question> question : questions.entrySet()) {
      String body = question.getValue().body().replace("\\\\'", "\\\"").replace('\'', '"');
      measure(question.getKey(), question.getValue().table(), JSON.readTree(body));
    }
    measure("elements, second page", tables.elementInstances, after(tables.elementInstances));
    measure("instances, last page from 100,000", tables.processInstances, JSON.readTree("{\"page\":{\"from\":100000}}"));
  }

  private JsonNode after(Table table) throws IOException {
    Function<String, JsonNode> read =
        cursor -> JSON.createObjectNode().set("page", JSON.createObjectNode().put("after", cursor));
    return read.apply(new Search(table, JSON.readTree("{}")).run().endCursor());
  }

  private void measure(String name, Table table, JsonNode body) {
    long[] times = new long[ROUNDS];
    int total = 0;
    for (int i = -ROUNDS / 2; i < ROUNDS; i++) {
      long began = cpu();
      total = new Search(table, body).run().total();
      if (i >= 0) {
        times[i] = cpu() - began;
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "%-40s %,10d found, p50 %5.1f ms, p95 %5.1f ms%n",
        name, total, times[ROUNDS / 2] / 1e6, times[ROUNDS * 95 / 100] / 1e6);
  }

  /** What this thread has computed, so that a busy machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void file() throws IOException {
    Path directory = Files.createTempDirectory("view");
    long began = System.nanoTime();
    ViewFile.Content content = ViewFile.copy(1, tables);
    long copied = System.nanoTime();
    ViewFile.save(directory, content);
    long saved = System.nanoTime();
    Tables again = new Tables();
    ViewFile.load(directory, again);
    long loaded = System.nanoTime();
    System.out.printf(
        "copy %d ms, save %d ms, %,d MB, load %d ms, %,d rows%n",
        (copied - began) / 1_000_000, (saved - copied) / 1_000_000,
        Files.size(directory.resolve("view.gz")) >> 20, (loaded - saved) / 1_000_000,
        again.all.stream().mapToLong(Table::size).sum());
    Files.delete(directory.resolve("view.gz"));
    Files.delete(directory);
  }
}
