package dev.leadline.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its layout. */
@ControllerAdvice(annotations = Controller.class)
class LayoutAdvice {

  private final boolean mailbox;

  LayoutAdvice(@Value("${leadline.embedded.mail.running:false}") boolean mailbox) {
    this.mailbox = mailbox;
  }

  @ModelAttribute("layout")
  Layout layout(HttpServletRequest request) {
    var failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    var path = failed == null ? request.getRequestURI() : failed.toString();
    return Layout.of(path, Viewer.of(request).map(Viewer::name).orElse(""), mailbox);
  }
}
