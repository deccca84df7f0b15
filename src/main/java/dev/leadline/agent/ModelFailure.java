package dev.leadline.agent;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.service.output.OutputParsingException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Why a model did not answer, in words for a sales lead; never with what was asked or said. */
final class ModelFailure {

  private ModelFailure() {}

  static String inWords(RuntimeException failure, Duration timeout) {
    return reason(failure, timeout) + "; rules answered.";
  }

  private static String reason(RuntimeException failure, Duration timeout) {
    return switch (failure) {
      case TimeoutException e -> "The model did not answer in " + seconds(timeout);
      case RateLimitException e -> "The model takes no more questions at the moment (429)";
      case InternalServerException e -> "The model's server failed";
      case AuthenticationException e -> "The model's server refused the key";
      case ModelNotFoundException e -> "The model's server does not know this model";
      case InvalidRequestException e -> "The model's server refused the question";
      case CallNotPermittedException e -> "The model failed too often just now and is left alone for a while";
      case UncheckedIOException e -> "The model could not be reached";
      case OutputParsingException e -> "The model's answer made no sense";
      case IllegalArgumentException e -> "The model's answer made no sense";
      default -> failure.getCause() instanceof IOException
          ? "The model could not be reached"
          : "The model failed (%s)".formatted(failure.getClass().getSimpleName());
    };
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
