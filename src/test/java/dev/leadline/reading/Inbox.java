package dev.leadline.reading;

import dev.leadline.ThinkingSteps;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Replies that came in, for tests of the steps that read them. */
public final class Inbox implements Inbound {

  private final Map<String, Received> messages = new ConcurrentHashMap<>();

  @Override
  public Received get(String messageId) {
    return messages.get(messageId);
  }

  /** A person's reply to our mail. */
  public static Received reply(ThinkingSteps steps, String id, String leadId, String text) {
    return receive(steps, new Received(id, leadId, "Re: Order entry", text, false, ThinkingSteps.NOW));
  }

  public static Received receive(ThinkingSteps steps, Received message) {
    steps.get(Inbox.class).messages.put(message.id(), message);
    return message;
  }

  /** Lets the step classify-reply read it. */
  public static UnderstoodReply read(ThinkingSteps steps, Received message) {
    receive(steps, message);
    steps.get(ClassifyReply.class)
        .handle(new ClassifyReply.Input(message.leadId(), message.id()), message.id().hashCode());
    return steps.get(UnderstoodReplies.class).findById(message.id()).orElseThrow();
  }
}
