package dev.leadline.web;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages that what they show has changed; they fetch it themselves. */
@Component
public class Live {

  private static final int MOST = 400;
  private static final long FOR = 10 * 60_000L;

  private final Map<SseEmitter, String> viewers = new ConcurrentHashMap<>();

  /**
   * A stream that speaks at once, and then whenever the topic is told; the browser opens it again when it ends.
   *
   * @throws ErrorResponseException 503 with too many viewers
   */
  public SseEmitter open(String topic) {
    if (viewers.size() >= MOST) throw new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
    var viewer = new SseEmitter(FOR);
    viewer.onCompletion(() -> viewers.remove(viewer));
    viewer.onTimeout(viewer::complete);
    viewers.put(viewer, topic);
    send(viewer);
    return viewer;
  }

  public void tell(String topic) {
    viewers.forEach((viewer, wanted) -> {
      if (wanted.equals(topic)) send(viewer);
    });
  }

  /** An open stream would hold up the end. */
  @EventListener(ContextClosedEvent.class)
  void goodbye() {
    viewers.keySet().forEach(SseEmitter::complete);
  }

  private void send(SseEmitter viewer) {
    try {
      viewer.send(SseEmitter.event().data("figures"));
    } catch (IOException | IllegalStateException gone) {
      viewers.remove(viewer);
    }
  }
}
