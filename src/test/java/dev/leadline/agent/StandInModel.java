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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A simulated model's server to look at the application with: it speaks OpenAI's protocol at {@code /v1}, reads the
 * prompt instead of thinking, and behaves as it was told last by {@code POST /mode/{well|slow|wrong|silent|link}}.
 * Not a test; see docs/operate.md.
 */
public final class StandInModel {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FACT = Pattern.compile("(?m)^([a-z]\\d+) \\((\\w+)\\): (.*) — “(.*)”$");
  private static final Pattern SOURCE =
      Pattern.compile("(?s)<(form|page|passage)(?: source=\"([^\"]*)\")?>\\s*(.*?)\\s*</\\1>");
  private static final Pattern OFFERED = Pattern.compile("\\\\n- (https?://[^\\\\\"]+)");
  private static final long SLOWLY = 6_000;

  private static final String WISH =
      "looking for|look for|need|want|replac|evaluat|suchen|wir möchten|buscamos|necesitamos|cherchons";
  private static final String MONEY = "budget|pric|cost|spend|presupuesto|devis|[€$£]";
  private static final String SOON = "this month|next month|weeks|asap|four weeks";
  private static final String MONTHS = "quarter|summer|autumn|christmas|season|jahresende|trimestre|campaña";
  private static final String LATER = "next year|some day|at some point|no rush";
  private static final String DECIDES = "i can decide|own the decision|my decision";
  private static final String INFLUENCES = "for our (COO|CEO)|my (manager|boss)|options for";

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
    write(exchange, request.has("tools") ? chosen(request)
        : message(said(what, words(request, "user"), words(request, "system"), now)));
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

  /** Every tool that was not used yet, a page as soon as one was offered; then an answer. */
  private static String chosen(JsonNode request) throws IOException {
    String before = request.path("messages").toString();
    Matcher offered = OFFERED.matcher(before);
    String address = offered.find() ? offered.group(1) : null;
    var calls = new ArrayList<Map.Entry<String, String>>();
    for (JsonNode tool : request.path("tools")) {
      var function = tool.path("function");
      String name = function.path("name").asText();
      if (before.contains("\"name\":\"" + name + "\"")) continue;
      var arguments = JSON.createObjectNode();
      for (JsonNode needed : function.at("/parameters/required"))
        arguments.put(needed.asText(), needed.asText().equals("address") ? address : "news");
      if (!arguments.path("address").isNull()) calls.add(Map.entry(name, arguments.toString()));
    }
    return calls.isEmpty() ? message("That is all there is.") : called(calls);
  }

  private static String said(String what, String prompt, String instructions, Mode mode) {
    List<Fact> facts = FACT.matcher(prompt).results()
        .map(found -> new Fact(found.group(1), found.group(2), found.group(3), found.group(4))).toList();
    ObjectNode answer = JSON.createObjectNode();
    switch (what) {
      case "Findings" -> found(prompt, answer.putArray("facts"));
      case "Reading" -> read(facts, instructions, answer);
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
      case "Said" -> answer.put("kind", "UNCLEAR").put("confidence", 30)
          .put("optOut", says(prompt, "unsubscribe|remove me|stop (writing|mailing)"));
      default -> answer.put("answer", "I do not know what " + what + " is.");
    }
    return answer.toString();
  }

  /** Sentences of form, pages and passages, word for word, by what they speak of; of a website three at most. */
  private static void found(String prompt, ArrayNode facts) {
    Matcher source = SOURCE.matcher(prompt);
    while (source.find()) {
      boolean form = source.group(1).equals("form");
      // The first line of a form is the job title at the company, which rules keep as they are.
      source.group(3).lines().skip(form ? 1 : 0).flatMap(line -> Pattern.compile("(?<=[.?!])\\s+").splitAsStream(line))
          .map(String::strip).filter(sentence -> sentence.length() > 15 && sentence.length() <= 200).limit(form ? 6 : 3)
          .forEach(sentence -> (form ? kinds(sentence) : List.of("product")).forEach(kind -> facts.addObject()
              .put("kind", kind).put("text", sentence).put("source", form ? "form" : source.group(2))
              .put("quote", sentence)));
    }
  }

  /** All a sentence of a form speaks of; what speaks of nothing else says what they need. */
  private static List<String> kinds(String sentence) {
    var kinds = new ArrayList<String>();
    if (says(sentence, WISH + "|would like")) kinds.add("need");
    if (says(sentence, MONEY)) kinds.add("budget");
    if (says(sentence, SOON + "|" + MONTHS + "|" + LATER)) kinds.add("timeline");
    if (says(sentence, DECIDES + "|" + INFLUENCES)) kinds.add("authority");
    return kinds.isEmpty() ? List.of("need") : kinds;
  }

  private static boolean says(String text, String words) {
    return Pattern.compile("(?iu)" + words).matcher(text).find();
  }

  /** Answers what facts of the kind in question say, and knows the target industries from its instructions. */
  private static void read(List<Fact> facts, String instructions, ObjectNode answer) {
    ArrayNode evidence = answer.putArray("evidence");
    answer("industryFit", "industry", facts, answer, evidence, industry ->
        named(industry, instructions, "sells to these industries") ? "HIGH"
            : named(industry, instructions, "These fit as well") ? "MEDIUM" : "LOW");
    answer("seniority", "person", facts, answer, evidence, person ->
        says(person, "\\bC[EOFT]O\\b|chief|owner|founder|geschäftsführer|partner") ? "EXECUTIVE"
            : says(person, "head|\\bVP\\b|vice|director|directr|leiter") ? "HEAD"
            : says(person, "manager|supervisor") ? "MANAGER" : "CONTRIBUTOR");
    answer("need", "need", facts, answer, evidence, need ->
        says(need, "no project|just looking") ? "NONE"
            : says(need, "need|want|look|replac|evaluat|suchen|möchten|buscamos|necesitamos|cherchons")
            ? "EXPLICIT" : "IMPLIED");
    answer("budget", "budget", facts, answer, evidence, budget ->
        says(budget, "no budget") ? "NONE" : says(budget, "approved|freigegeben|[€$£]") ? "STATED" : "LIKELY");
    answer("urgency", "timeline", facts, answer, evidence, time ->
        says(time, LATER) ? "LATER" : says(time, SOON) ? "NOW" : "QUARTER");
    answer("authority", "authority", facts, answer, evidence, say -> says(say, DECIDES) ? "DECIDES" : "INFLUENCES");
    cited(answer.putArray("talkingPoints"), facts, "need", "Start from what they wrote.");
  }

  private static boolean named(String industry, String instructions, String before) {
    Matcher list = Pattern.compile(before + "[^:]*: ([^.]*)\\.").matcher(instructions);
    return list.find() && Stream.of(list.group(1).split(", ")).anyMatch(industry::contains);
  }

  private static void answer(
      String question, String kind, List<Fact> facts, ObjectNode answer, ArrayNode evidence,
      UnaryOperator<String> says) {
    var fact = facts.stream().filter(one -> one.kind().equals(kind)).findFirst();
    answer.put(question, fact.map(one -> says.apply(one.text() + " " + one.quote())).orElse("UNKNOWN"));
    fact.ifPresent(one -> evidence.addObject().put("question", question).putArray("facts").add(one.id()));
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
    var wrote = facts.stream().filter(one -> one.kind().equals("need")).findFirst();
    String opening = number > 1 ? "I come back to what you wrote to us."
        : wrote.map(fact -> "You wrote: “%s”".formatted(fact.quote())).orElse("You left us a note.");
    String link = mode == Mode.LINK ? " See https://offers.elsewhere.test/you for it." : "";
    ArrayNode rests = mail.put("body", opening + link + "\n\nWould a short call be useful?").putArray("facts");
    wrote.ifPresent(fact -> rests.add(fact.id()));
  }

  private static String words(JsonNode request, String role) {
    var text = new StringBuilder();
    for (JsonNode message : request.path("messages"))
      if (message.path("role").asText().equals(role))
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
