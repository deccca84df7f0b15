package dev.leadline.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A simulated model's server to look at the application with: it speaks OpenAI's protocol at {@code /v1}, reads the
 * prompt instead of thinking, and behaves as it was told last by {@code POST /mode/{well|slow|wrong|silent|link}}.
 * Not a test; see docs/operate.md.
 */
public final class StandInModel {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FACT = Pattern.compile("(?m)^([a-z]\\d+) \\((\\w+)\\): (.*) — “(.*)”$");
  private static final long SLOWLY = 6_000;

  private enum Mode {
    WELL,
    /** Well, after six seconds. */
    SLOW,
    /** Something else each time that cannot be used. */
    WRONG,
    /** Takes the question and never answers. */
    SILENT,
    /** Well, but with a link of its own in each mail. */
    LINK
  }

  private record Fact(String id, String kind, String text, String quote) {}

  private final AtomicInteger wrongs = new AtomicInteger();
  private volatile Mode mode = Mode.WELL;

  private StandInModel() {}

  public static void main(String[] arguments) throws IOException {
    int port = arguments.length == 0 ? 11500 : Integer.parseInt(arguments[0]);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    var model = new StandInModel();
    server.createContext("/mode/", model::change);
    server.createContext("/v1/chat/completions", model::answer);
    server.start();
    System.out.printf(
        "leadline.model.provider=openai leadline.model.name=stand-in leadline.model.base-url=http://127.0.0.1:%d/v1%n",
        server.getAddress().getPort());
  }

  private void change(HttpExchange exchange) throws IOException {
    mode = Mode.valueOf(exchange.getRequestURI().getPath().replaceAll(".*/", "").toUpperCase(Locale.ROOT));
    System.out.println(mode);
    write(exchange, mode + "\n");
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    Mode now = mode;
    String what = request.has("tools") ? "tools" : request.at("/response_format/json_schema/name").asText();
    System.out.println(now + " " + what);
    try {
      if (now == Mode.SILENT) Thread.sleep(Long.MAX_VALUE);
      if (now == Mode.SLOW) Thread.sleep(SLOWLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (now == Mode.WRONG) {
      wrong(exchange, request);
      return;
    }
    write(exchange, request.has("tools") ? chosen(request) : message(said(what, prompt(request), now)));
  }

  private void wrong(HttpExchange exchange, JsonNode request) throws IOException {
    switch (wrongs.getAndIncrement() % 6) {
      case 0 -> write(exchange, message("I would rather talk about the weather."));
      case 1 -> write(exchange, message("{\"facts\": [{\"kind\": \"gossip\", \"text\": \"x\"}], \"need\": \"MAYBE\"}"));
      case 2 -> write(exchange, "{\"id\": \"c1\", \"choices\": [");
      case 3 -> write(exchange, request.has("tools") ? called(List.of(Map.entry("SendEmail", "{}"))) : message(""));
      case 4 -> {
        exchange.sendResponseHeaders(500, -1);
        exchange.close();
      }
      default -> write(exchange, message("""
          {"industryFit": "HIGH", "seniority": "EXECUTIVE", "need": "EXPLICIT", "budget": "STATED", "urgency": "NOW",
          "authority": "DECIDES", "evidence": [{"question": "need", "facts": ["f99"]}]}"""));
    }
  }

  /** Every tool that was not used yet, then an answer. */
  private static String chosen(JsonNode request) throws IOException {
    String before = request.path("messages").toString();
    var calls = new ArrayList<Map.Entry<String, String>>();
    for (JsonNode tool : request.path("tools")) {
      var function = tool.path("function");
      String name = function.path("name").asText();
      if (before.contains("\"name\":\"" + name + "\"")) continue;
      var arguments = JSON.createObjectNode();
      for (JsonNode needed : function.at("/parameters/required")) arguments.put(needed.asText(), "news");
      calls.add(Map.entry(name, arguments.toString()));
    }
    return calls.isEmpty() ? message("That is all there is.") : called(calls);
  }

  private static String said(String what, String prompt, Mode mode) throws IOException {
    List<Fact> facts = FACT.matcher(prompt).results()
        .map(found -> new Fact(found.group(1), found.group(2), found.group(3), found.group(4))).toList();
    ObjectNode answer = JSON.createObjectNode();
    switch (what) {
      case "Findings" -> found(prompt, answer.putArray("facts"));
      case "Reading" -> read(facts, answer);
      case "Outlook" -> {
        answer.put("market", "UNKNOWN").put("competition", "OPEN").put("potential", "UNKNOWN");
        cited(answer.putArray("findings"), facts, "need", "They do this work by hand today.")
            .forEach(finding -> finding.put("question", "competition"));
      }
      case "Strategy" -> {
        answer.put("approach", "ANSWER").put("why", "They say what they look for.");
        cited(answer.putArray("points"), facts, "need", "Take up what they wrote.");
      }
      case "Letters" -> {
        ArrayNode mails = answer.putArray("emails");
        Matcher wanted = Pattern.compile("(?s)The e-mails:\n(.*?)\nWrite them").matcher(prompt);
        int count = wanted.find() ? (int) wanted.group(1).lines().filter(line -> !line.isBlank()).count() : 1;
        for (int i = 1; i <= count; i++) mail(mails.addObject().put("subject", "Your note to us"), facts, i, mode);
      }
      case "FollowUp" -> mail(answer, facts, 9, mode);
      case "Briefing" -> {
        answer.put("who", "Somebody who wrote to us.");
        cited(answer.putArray("whyNow"), facts, "timeline", "They have a date in mind.");
        cited(answer.putArray("points"), facts, "need", "Begin with what they wrote.");
        answer.putArray("questions").add("Who else has to agree?");
        answer.putArray("objections").addObject().put("text", "No time.").put("answer", "Twenty minutes will do.");
      }
      default -> answer.put("answer", "I do not know what " + what + " is.");
    }
    return answer.toString();
  }

  /** The first sentences of form and pages, word for word. */
  private static void found(String prompt, ArrayNode facts) {
    Matcher source = Pattern.compile("(?s)<(form|page|passage)(?: source=\"([^\"]*)\")?>\\s*(.*?)\\s*</\\1>").matcher(prompt);
    while (source.find()) {
      boolean form = source.group(1).equals("form");
      source.group(3).lines().skip(form ? 1 : 0).flatMap(line -> Pattern.compile("(?<=[.?!])\\s+").splitAsStream(line))
          .map(String::strip).filter(sentence -> sentence.length() > 15 && sentence.length() <= 200).limit(3)
          .forEach(sentence -> facts.addObject()
              .put("kind", form ? kind(sentence) : "product").put("text", sentence)
              .put("source", form ? "form" : source.group(2)).put("quote", sentence));
    }
  }

  private static String kind(String sentence) {
    String words = sentence.toLowerCase(Locale.ROOT);
    if (words.matches(".*(budget|price|cost|€|\\$|£).*")) return "budget";
    if (words.matches(".*(month|week|quarter|summer|autumn|year).*")) return "timeline";
    return "need";
  }

  private static void read(List<Fact> facts, ObjectNode answer) {
    var kinds = facts.stream().collect(Collectors.toMap(Fact::kind, Fact::id, (first, second) -> first));
    var questions = new LinkedHashMap<String, List<String>>();
    questions.put("industryFit", List.of("industry", "HIGH"));
    questions.put("seniority", List.of("person", "HEAD"));
    questions.put("need", List.of("need", "EXPLICIT"));
    questions.put("budget", List.of("budget", "STATED"));
    questions.put("urgency", List.of("timeline", "QUARTER"));
    questions.put("authority", List.of("authority", "DECIDES"));
    questions.forEach((question, of) ->
        answer.put(question, kinds.containsKey(of.get(0)) ? of.get(1) : "UNKNOWN"));
    ArrayNode evidence = answer.putArray("evidence");
    questions.forEach((question, of) -> {
      if (kinds.containsKey(of.get(0)))
        evidence.addObject().put("question", question).putArray("facts").add(kinds.get(of.get(0)));
    });
    cited(answer.putArray("talkingPoints"), facts, "need", "Start from what they wrote.");
  }

  private static List<ObjectNode> cited(ArrayNode list, List<Fact> facts, String kind, String text) {
    var fact = facts.stream().filter(one -> one.kind().equals(kind)).findFirst()
        .or(() -> facts.stream().findFirst());
    if (fact.isEmpty()) return List.of();
    ObjectNode one = list.addObject().put("text", text);
    one.putArray("facts").add(fact.get().id());
    return List.of(one);
  }

  private static void mail(ObjectNode mail, List<Fact> facts, int number, Mode mode) {
    Fact fact = facts.stream().filter(one -> one.kind().equals("need")).findFirst().orElse(facts.getFirst());
    String opening = number == 1 ? "You wrote: “%s”".formatted(fact.quote()) : "I come back to what you wrote to us.";
    String link = mode == Mode.LINK ? " See https://offers.elsewhere.test/you for it." : "";
    mail.put("body", opening + link + "\n\nWould a short call be useful?").putArray("facts").add(fact.id());
  }

  private static String prompt(JsonNode request) {
    var text = new StringBuilder();
    for (JsonNode message : request.path("messages"))
      if (message.path("role").asText().equals("user"))
        text.append(message.path("content").isTextual()
            ? message.path("content").asText()
            : message.at("/content/0/text").asText());
    return text.toString();
  }

  private static String called(List<Map.Entry<String, String>> calls) throws IOException {
    var list = JSON.createArrayNode();
    for (var call : calls)
      list.addObject().put("id", "call_" + list.size()).put("type", "function").putObject("function")
          .put("name", call.getKey()).put("arguments", call.getValue());
    return completion("\"tool_calls\"", "null,\"tool_calls\":" + list);
  }

  private static String message(String words) throws IOException {
    return completion("\"stop\"", JSON.writeValueAsString(words));
  }

  private static String completion(String reason, String content) {
    return """
        {"id":"c1","object":"chat.completion","created":1,"model":"stand-in","choices":[{"index":0,"finish_reason":%s,
        "message":{"role":"assistant","content":%s}}],
        "usage":{"prompt_tokens":900,"completion_tokens":100,"total_tokens":1000}}""".formatted(reason, content);
  }

  private static void write(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
