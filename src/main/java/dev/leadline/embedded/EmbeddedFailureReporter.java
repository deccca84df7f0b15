package dev.leadline.embedded;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Tells why an embedded server did not start: the one sentence on the error output, and no stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EmbeddedFailureReporter implements SpringBootExceptionReporter {

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EmbeddedFailure) {
        System.err.println(cause.getMessage());
        return true;
      }
    }
    return false;
  }
}
