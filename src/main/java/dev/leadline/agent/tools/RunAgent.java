package dev.leadline.agent.tools;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.engine.ElementId;
import dev.leadline.lead.PlainText;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.exception.CamundaError;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Thinking step of an ad-hoc sub-process: which of the activities drawn inside comes next, until enough is known. A
 * model chooses, out of these and nothing else; when there is none, it fails or a limit is reached, the plan that the
 * drawing gives says what is left to do. A model that sees no tool for its task gives up, and a person goes on.
 *
 * <p>Completes its job itself: an activity is started by the job's result. The engine makes a new job whenever an
 * activity ends and takes the old one back, so a completion may come too late; the new job sees all that the old saw.
 */
@Component
public class RunAgent {

  public static final String STEP = "run-agent";

  private static final Logger log = LoggerFactory.getLogger(RunAgent.class);
  private static final String GAVE_UP = "AGENT_GAVE_UP";
  private static final int MOST_AT_ONCE = 5;

  private final Agents agents;
  private final ChatModel model;
  private final Opening opening;
  private final Transcripts transcripts;
  private final Readings readings;
  private final Timeline timeline;

  RunAgent(Agents agents, Opening opening, Transcripts transcripts, Readings readings, Timeline timeline) {
    this.agents = agents;
    this.model = agents.model(STEP);
    this.opening = opening;
    this.transcripts = transcripts;
    this.readings = readings;
    this.timeline = timeline;
  }

  /** What comes next: these tools, or nothing more; and whether that is because the model sees no tool that fits. */
  private record Move(AgentState state, List<ToolCall> calls, boolean gaveUp) {

    static Move use(List<ToolCall> calls, AgentState state) {
      return new Move(state.waitingFor(calls), calls, false);
    }

    static Move stop(AgentState state) {
      return new Move(state, List.of(), false);
    }

    boolean done() {
      return calls.isEmpty();
    }
  }

  @JobWorker(
      type = STEP,
      autoComplete = false,
      fetchVariables = {
        "leadId", "task", "agent", "adHocSubProcessElements", "toolCallResults", "plan", "mostCalls", "mostTokens",
        "mostCost"
      })
  public void handle(JobClient client, ActivatedJob job) {
    var turn = job.getVariablesAsType(AgentTurn.class);
    var completion = client.newCompleteCommand(job);
    if (turn.waits()) {
      complete(() -> completion.withResult(result -> result.forAdHocSubProcess()).execute());
      return;
    }
    Move move = next(turn, job);
    if (move.gaveUp()) throw CamundaError.bpmnError(GAVE_UP, "The model sees no tool that fits the task");
    complete(() -> completion
        .variables(Map.of("agent", move.state(), "toolCallResults", List.of()))
        .withResult(result -> {
          var next = result.forAdHocSubProcess().completionConditionFulfilled(move.done());
          for (ToolCall call : move.calls()) next = next.activateElement(call.tool()).variables(call.variables());
          return next;
        })
        .execute());
  }

  private Move next(AgentTurn turn, ActivatedJob job) {
    var talk = new ArrayList<ChatMessage>();
    AgentState state = receive(turn, begin(turn, talk), talk, job.getProcessInstanceKey());
    Move move = choose(turn, state, talk, job);
    if (move.state().modelCalls() > state.modelCalls()) {
      String transcript = turn.leadId() + "/" + job.getKey();
      transcripts.save(transcript, turn.leadId(), talk);
      move = new Move(move.state().saved(transcript), move.calls(), move.gaveUp());
    }
    if (move.done()) tell(turn, move, job);
    return move;
  }

  private AgentState begin(AgentTurn turn, List<ChatMessage> talk) {
    AgentState state = turn.agent();
    if (!state.chosenByModel()) return state;
    if (state.transcript() == null) {
      talk.addAll(opening.of(turn.task(), turn.leadId()));
      return state;
    }
    var said = transcripts.read(state.transcript());
    said.ifPresent(talk::addAll);
    return said.isPresent() ? state : state.byRules("The transcript is gone.");
  }

  /** What the tools have brought, for the model and for the timeline. */
  private AgentState receive(AgentTurn turn, AgentState state, List<ChatMessage> talk, long run) {
    var results = turn.results();
    for (ToolResult result : results) {
      Reading reading = reading(turn, result, run);
      if (state.chosenByModel())
        talk.add(ToolExecutionResultMessage.from(result.id(), result.name(), reading.asData()));
      timeline.record(
          STEP + "-" + result.id(), turn.leadId(), new ElementId(result.name()).jobType(),
          Actor.valueOf(turn.agent().source().name()), turn.agent().by(), reading.brought().outcome(),
          Stream.concat(
                  Stream.of("Tool: " + label(turn, result)),
                  reading.brought().passages().stream().map(Passage::source).distinct())
              .toList());
    }
    return state.received(results.stream().map(ToolResult::name).toList());
  }

  /** Also what an activity says that is none of our tools is kept: facts may be proven by it. */
  private Reading reading(AgentTurn turn, ToolResult result, long run) {
    var known = result.reading().flatMap(id -> readings.find(id, run, turn.leadId()));
    if (known.isPresent()) return known.get();
    String label = label(turn, result);
    String text = result.content() == null ? "" : result.content().toString();
    Brought brought = text.isBlank()
        ? Brought.nothing("“%s” brought nothing.".formatted(label))
        : Brought.passages("“%s” has answered.".formatted(label), List.of(Passage.of(label, text)));
    return readings.keep(result.id(), run, turn.leadId(), brought);
  }

  private static String label(AgentTurn turn, ToolResult result) {
    return turn.tool(result.name()).map(Tool::label).orElse(result.name());
  }

  private Move choose(AgentTurn turn, AgentState state, List<ChatMessage> talk, ActivatedJob job) {
    while (state.chosenByModel()) {
      var spent = turn.spent(state);
      Optional<Answer<ChatResponse>> asked = spent.isPresent() ? Optional.empty() : Optional.of(ask(turn, talk, job));
      if (asked.isEmpty() || asked.get().source() == Answer.Source.RULES) {
        state = state.byRules(spent.orElseGet(() -> asked.get().note()));
        break;
      }
      var answer = asked.get();
      var used = answer.value().tokenUsage();
      state = state.asked(answer.by(), tokens(used), agents.cost(STEP, used));
      AiMessage reply = numbered(answer.value().aiMessage(), job.getKey() + "-" + state.modelCalls());
      talk.add(reply);
      if (!reply.hasToolExecutionRequests()) {
        if (abstains(reply)) return new Move(state, List.of(), true);
        if (!state.used().isEmpty() || turn.plan().isEmpty()) return Move.stop(state);
        state = state.byRules("The model answered without looking anything up, which does not count.");
        break;
      }
      var calls = new ArrayList<ToolCall>();
      for (ToolExecutionRequest request : reply.toolExecutionRequests()) {
        try {
          calls.add(accepted(turn, request, calls.size()));
        } catch (IllegalArgumentException refused) {
          talk.add(ToolExecutionResultMessage.from(request, refused.getMessage()));
          state = state.noting("Refused: " + refused.getMessage());
        }
      }
      if (!calls.isEmpty()) return Move.use(calls, state);
    }
    return byPlan(turn, state, job);
  }

  private Answer<ChatResponse> ask(AgentTurn turn, List<ChatMessage> talk, ActivatedJob job) {
    var request = ChatRequest.builder()
        .messages(List.copyOf(talk))
        .toolSpecifications(turn.tools().stream().map(Tool::specification).toList())
        .build();
    return agents.ask(STEP, turn.leadId(), job.getKey(), () -> model.chat(request), () -> null);
  }

  /** The vocabulary is closed: what is not drawn is refused, and the model is told. */
  private static ToolCall accepted(AgentTurn turn, ToolExecutionRequest request, int before) {
    if (before == MOST_AT_ONCE)
      throw new IllegalArgumentException("At most %d tools at once.".formatted(MOST_AT_ONCE));
    Tool tool = turn.tool(request.name()).orElseThrow(() -> new IllegalArgumentException(
        "“%s” is none of the tools; they are %s."
            .formatted(shortened(request.name()), turn.tools().stream().map(Tool::elementId).toList())));
    return new ToolCall(request.id(), tool.elementId(), tool.arguments(request.arguments()));
  }

  private static Move byPlan(AgentTurn turn, AgentState state, ActivatedJob job) {
    for (String missing : turn.missing())
      state = state.noting("The plan names “%s”, which is not drawn.".formatted(missing));
    var calls = new ArrayList<ToolCall>();
    for (PlannedCall row : turn.planned(state))
      calls.add(new ToolCall(job.getKey() + "-plan-" + calls.size(), row.tool(), row.with()));
    return calls.isEmpty() ? Move.stop(state) : Move.use(calls, state);
  }

  /** With ids of our own: some servers give none, or the same in every answer. */
  private static AiMessage numbered(AiMessage reply, String prefix) {
    var requests = new ArrayList<ToolExecutionRequest>();
    for (ToolExecutionRequest request : reply.toolExecutionRequests())
      requests.add(request.toBuilder().id(prefix + "-" + requests.size()).build());
    return requests.isEmpty() ? reply : reply.toBuilder().toolExecutionRequests(requests).build();
  }

  private static boolean abstains(AiMessage reply) {
    return reply.text() != null && reply.text().replaceAll("\\P{L}", "").equalsIgnoreCase("NONE");
  }

  private static long tokens(TokenUsage used) {
    return used == null || used.totalTokenCount() == null ? 0 : used.totalTokenCount();
  }

  private static String shortened(String name) {
    return name == null ? "" : PlainText.cut(name.replaceAll("[^\\p{L}\\p{N}_.-]", ""), 40);
  }

  private static String times(AgentState state) {
    return switch (state.toolCalls()) {
      case 0 -> "nothing";
      case 1 -> "one thing";
      default -> state.toolCalls() + " things";
    };
  }

  private void tell(AgentTurn turn, Move move, ActivatedJob job) {
    AgentState state = move.state();
    timeline.record(
        STEP + "-" + job.getElementInstanceKey(), turn.leadId(), new ElementId(job.getElementId()).jobType(),
        Actor.valueOf(state.source().name()), state.by(),
        "Looked up %s%s.".formatted(times(state), move.gaveUp() ? " and gave up; a person goes on" : ""), state.notes());
  }

  private static void complete(Runnable completion) {
    try {
      completion.run();
    } catch (ClientException e) {
      if (!gone(e)) throw e;
      log.debug("A job of an agent was taken back meanwhile");
    }
  }

  private static boolean gone(ClientException e) {
    return (e instanceof ClientStatusException grpc && grpc.getStatusCode() == Status.Code.NOT_FOUND)
        || (e instanceof ProblemException rest && rest.code() == 404);
  }
}
