package dev.leadline.model;

import com.fasterxml.jackson.core.JsonProcessingException;
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

/** Why rules answered although there is a model, in words for a sales lead; never with what was asked or said. */
public enum Fault {
  TIMEOUT("The model did not answer in time"),
  TOO_MANY_REQUESTS("The model takes no more questions at the moment (429)"),
  SERVER_ERROR("The model's server failed"),
  KEY_REFUSED("The model's server refused the key"),
  UNKNOWN_MODEL("The model's server does not know this model"),
  REFUSED("The model's server refused the question"),
  LEFT_ALONE("The model is left alone for a while, because it failed too often just now or asked for it"),
  UNREACHABLE("The model could not be reached"),
  BROKEN_OFF("The model's answer broke off"),
  NONSENSE("The model's answer made no sense"),
  QUEUE_FULL("Too many questions were waiting for the model"),
  QUEUE_TOO_LONG("The model had no time for this question"),
  LEAD_BUDGET("The budget for this lead is used up"),
  DAY_BUDGET("The budget for today is used up"),
  AGENT_BUDGET("This agent's tokens for today are used up"),
  OTHER("The model failed");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** One sentence, with the time it had where that is the reason. */
  public String inWords(Duration timeout) {
    return (this == TIMEOUT ? "The model did not answer in " + seconds(timeout) : words) + "; rules answered.";
  }

  /** A model that was not even asked has not failed. */
  public boolean isABudget() {
    return this == LEAD_BUDGET || this == DAY_BUDGET || this == AGENT_BUDGET;
  }

  public static Fault of(RuntimeException failure) {
    return switch (failure) {
      case Raised raised -> raised.fault;
      case TimeoutException e -> TIMEOUT;
      case RateLimitException e -> TOO_MANY_REQUESTS;
      case InternalServerException e -> SERVER_ERROR;
      case AuthenticationException e -> KEY_REFUSED;
      case ModelNotFoundException e -> UNKNOWN_MODEL;
      case InvalidRequestException e -> REFUSED;
      case CallNotPermittedException e -> LEFT_ALONE;
      case UncheckedIOException e -> of(e.getCause());
      case OutputParsingException e -> NONSENSE;
      case IllegalArgumentException e -> NONSENSE;
      default -> failure.getCause() instanceof RuntimeException cause && cause != failure
          ? of(cause)
          : failure.getCause() instanceof IOException cause ? of(cause) : OTHER;
    };
  }

  /** What came cannot be read, or nothing came. */
  private static Fault of(IOException failure) {
    return failure instanceof JsonProcessingException ? NONSENSE : UNREACHABLE;
  }

  public RuntimeException raise() {
    return new Raised(this);
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }

  private static final class Raised extends RuntimeException {
    private final Fault fault;

    Raised(Fault fault) {
      super(fault.words, null, false, false);
      this.fault = fault;
    }
  }
}
