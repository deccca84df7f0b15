package dev.leadline.engine;

import io.camunda.client.api.command.ClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Says in a sentence on the page that the engine does not answer. */
@ControllerAdvice(annotations = Controller.class)
class EngineAway {

  private static final Logger log = LoggerFactory.getLogger(EngineAway.class);

  @ExceptionHandler
  @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
  String away(ClientException failure) {
    log.warn("The engine did not answer a page: {}", failure.getClass().getSimpleName());
    return "error/503";
  }
}
