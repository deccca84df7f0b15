package dev.leadline.web;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Answers in words when a page cannot be shown. */
@ControllerAdvice(annotations = Controller.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class PageFailures {

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  String notHere(NotHere nothing, Model model) {
    model.addAttribute("message", nothing.getMessage());
    return "error/404";
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_FOUND)
  String notEvenAKey(MethodArgumentTypeMismatchException mismatch) {
    return "error/404";
  }
}
