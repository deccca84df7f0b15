package dev.leadline.embedded.camunda.commands;

import dev.leadline.embedded.camunda.engine.Answer;
import dev.leadline.embedded.camunda.engine.Overloaded;
import dev.leadline.embedded.camunda.engine.TooLarge;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** Why a request is not done, in the words that both protocols use. */
public final class Refusal extends RuntimeException {

  /** The kinds of refusal with their HTTP status; their gRPC status has the kind's {@link #grpc name}. */
  public enum Kind {
    INVALID_ARGUMENT(400, "INVALID_ARGUMENT"),
    UNAUTHORIZED(401, "UNAUTHENTICATED"),
    FORBIDDEN(403, "PERMISSION_DENIED"),
    NOT_FOUND(404, "NOT_FOUND"),
    METHOD_NOT_ALLOWED(405, "UNIMPLEMENTED", "Method Not Allowed"),
    ALREADY_EXISTS(409, "ALREADY_EXISTS"),
    INVALID_STATE(409, "FAILED_PRECONDITION"),
    TOO_LARGE(413, "RESOURCE_EXHAUSTED"),
    UNSUPPORTED_MEDIA_TYPE(415, "INVALID_ARGUMENT", "Unsupported Media Type"),
    INTERNAL(500, "INTERNAL"),
    NOT_OFFERED(501, "UNIMPLEMENTED"),
    RESOURCE_EXHAUSTED(503, "RESOURCE_EXHAUSTED"),
    DEADLINE_EXCEEDED(504, "DEADLINE_EXCEEDED");

    public final int status;
    public final String grpc;
    private final String title;

    Kind(int status, String grpc) {
      this(status, grpc, null);
    }

    Kind(int status, String grpc, String title) {
      this.status = status;
      this.grpc = grpc;
      this.title = title == null ? name() : title;
    }
  }

  private static final String UNEXPECTED = "Internal Server Error";

  private final Kind kind;
  private final String title;

  private Refusal(Kind kind, String title, String detail) {
    super(detail, null, false, false);
    this.kind = kind;
    this.title = title;
  }

  public static Refusal of(Kind kind, String detail) {
    return new Refusal(kind, kind.title, detail);
  }

  public static Refusal invalid(String detail) {
    return of(Kind.INVALID_ARGUMENT, detail);
  }

  /** A request that cannot even be read. */
  public static Refusal unreadable(String detail) {
    return new Refusal(Kind.INVALID_ARGUMENT, "Bad Request", detail);
  }

  public static Refusal notFound(String detail) {
    return of(Kind.NOT_FOUND, detail);
  }

  static Refusal of(Command command, Answer answer) {
    Kind kind =
        switch (answer.rejection()) {
          case INVALID_ARGUMENT, EXCEEDED_BATCH_RECORD_SIZE -> Kind.INVALID_ARGUMENT;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case ALREADY_EXISTS -> Kind.ALREADY_EXISTS;
          case INVALID_STATE -> Kind.INVALID_STATE;
          case UNAUTHORIZED -> Kind.UNAUTHORIZED;
          case FORBIDDEN -> Kind.FORBIDDEN;
          default -> Kind.INTERNAL;
        };
    String detail =
        "Command '%s' rejected with code '%s': %s"
            .formatted(command.intent().name(), answer.rejection().name(), answer.reason());
    return new Refusal(kind, answer.rejection().name(), detail);
  }

  /** The refusal that any failure of a request means to its caller. */
  public static Refusal of(Throwable failure) {
    return switch (failure) {
      case Refusal refusal -> refusal;
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case Overloaded overloaded -> of(Kind.RESOURCE_EXHAUSTED, overloaded.getMessage());
      case TimeoutException timeout ->
          of(Kind.DEADLINE_EXCEEDED, "The engine did not answer within the request timeout.");
      case TooLarge tooLarge -> of(Kind.TOO_LARGE, tooLarge.getMessage());
      default -> new Refusal(Kind.INTERNAL, UNEXPECTED, "Unexpected error: " + failure.getClass().getSimpleName());
    };
  }

  public Kind kind() {
    return kind;
  }

  /** Whether this is a defect of the embedded engine rather than something about the request. */
  public boolean isUnexpected() {
    return title.equals(UNEXPECTED);
  }

  public String title() {
    return title;
  }
}
