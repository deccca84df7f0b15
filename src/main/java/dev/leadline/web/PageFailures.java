package dev.leadline.web;

import jakarta.servlet.http.HttpServletRequest;
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

  private final LayoutAdvice layout;

  PageFailures(LayoutAdvice layout) {
    this.layout = layout;
  }

  @ExceptionHandler(NotHere.class)
  @ResponseStatus(HttpStatus.NOT_FOUND)
  String notHere(NotHere nothing, HttpServletRequest request, Model model) {
    return page("error/404", nothing.getMessage(), request, model);
  }

  @ExceptionHandler(MethodArgumentTypeMismatchException.class)
  @ResponseStatus(HttpStatus.NOT_FOUND)
  String notEvenAKey(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request, Model model) {
    return page("error/404", null, request, model);
  }

  private String page(String view, String sentence, HttpServletRequest request, Model model) {
    model.addAttribute("layout", layout.layout(request));
    model.addAttribute("message", sentence);
    return view;
  }
}
