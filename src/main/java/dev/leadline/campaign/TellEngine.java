package dev.leadline.campaign;

import dev.leadline.campaign.Execution.Word;
import dev.leadline.engine.Messages;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Tells the diagram of a run what people want of it, each word once and in order, however often the engine is away: a
 * word stays with the run until the engine has taken it.
 */
@Component
class TellEngine {

  private static final Logger log = LoggerFactory.getLogger(TellEngine.class);
  private static final String PROCESS = "campaign";
  private static final int BATCH = 200;

  private final Messages messages;
  private final Executions executions;
  private final Map<String, Object> telling = new ConcurrentHashMap<>();

  TellEngine(Messages messages, Executions executions) {
    this.messages = messages;
    this.executions = executions;
  }

  void soon(String executionId) {
    Thread.startVirtualThread(() -> tell(executionId));
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void afterStart() {
    Thread.startVirtualThread(this::pending);
  }

  @Scheduled(
      initialDelayString = "${leadline.start.retry-every:1m}",
      fixedDelayString = "${leadline.start.retry-every:1m}")
  void pending() {
    for (var run : executions.untold(BATCH)) if (!tell(run.id())) return;
  }

  /** @return whether the engine has taken everything */
  private boolean tell(String executionId) {
    try {
      // Words of one run never overtake each other here; another instance at most says the same once more.
      synchronized (telling.computeIfAbsent(executionId, id -> new Object())) {
        for (var run = executions.get(executionId); !run.untold().isEmpty(); run = executions.get(executionId)) {
          publish(run, run.untold().getFirst());
          executions.told(run);
        }
        telling.remove(executionId);
      }
      return true;
    } catch (RuntimeException e) {
      log.warn("A campaign is told later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  private void publish(Execution run, Word word) {
    messages.begin(
        PROCESS, word.message(), run.id(), run.id() + "/" + run.told(),
        word == Word.STARTED ? Map.of("executionId", run.id()) : Map.of());
  }
}
