package dev.leadline.engine;

import io.camunda.client.CamundaClient;
import java.time.Duration;

/**
 * Whether a process is there that a message is to start. The engine never shows a message to a process that is deployed
 * later, so it must not get one before.
 */
public final class Deployed {

  private final CamundaClient camunda;
  private final String process;
  private final Duration timeout;
  private volatile boolean known;

  public Deployed(CamundaClient camunda, String process, Duration timeout) {
    this.camunda = camunda;
    this.process = process;
    this.timeout = timeout;
  }

  /** @throws IllegalStateException when it is not there yet */
  public void require() {
    if (known) return;
    known = !camunda.newProcessDefinitionSearchRequest()
        .filter(definition -> definition.processDefinitionId(process)).requestTimeout(timeout).execute().items().isEmpty();
    if (!known) throw new IllegalStateException("no process " + process + " is deployed");
  }
}
