package dev.leadline.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.leadline.model.Gate;
import dev.leadline.model.Models;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model that says what the test tells it to, and remembers what it was asked. */
public final class ScriptedModel implements ChatModel {

  public final List<ChatRequest> asked = new ArrayList<>();
  private final String answer;

  public ScriptedModel(String answer) {
    this.answer = answer;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    asked.add(request);
    return ChatResponse.builder().aiMessage(AiMessage.from(answer)).build();
  }

  /** Everything it was asked, as text. */
  public String heard() {
    return asked.toString();
  }

  /** Steps that ask this model. */
  public Agents agents() {
    var gate = new Gate(64, 1000);
    return agents(Optional.of(new Models.Model(
        this, null, "test", "scripted", Duration.ofSeconds(1), null, null, gate, Gate.Urgency.INTRO,
        Duration.ofSeconds(5), null, null)));
  }

  /** Steps that answer by their rules. */
  public static Agents none() {
    return agents(Optional.empty());
  }

  private static Agents agents(Optional<Models.Model> model) {
    return Thinking.agents(step -> model, run -> {}, new SimpleMeterRegistry(), Thinking.limits());
  }
}
