package dev.leadline.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
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
    return agents(Optional.of(new Models.Model(this, "test", "scripted", Duration.ofSeconds(1))));
  }

  /** Steps that answer by their rules. */
  public static Agents none() {
    return agents(Optional.empty());
  }

  private static Agents agents(Optional<Models.Model> model) {
    return new Agents(step -> model, run -> run, new SimpleMeterRegistry(), Clock.systemUTC());
  }
}
