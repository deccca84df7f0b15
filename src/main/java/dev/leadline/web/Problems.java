package dev.leadline.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Says what went wrong under /api and /webhooks as an RFC 9457 problem with {@code errors: [{field, reason}]}; pages have their own. */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

  /** The same for a request that no controller takes: unknown path, wrong method, wrong content type. */
  @RestControllerAdvice
  @Order(Ordered.LOWEST_PRECEDENCE)
  static class OfNobody extends Problems {}

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  @ExceptionHandler(Exception.class)
  ResponseEntity<ProblemDetail> problem(Exception e, HttpServletRequest request) throws Exception {
    String path = request.getRequestURI();
    if (!path.startsWith("/api/") && !path.startsWith("/webhooks/")) throw e;
    return switch (e) {
      case MethodArgumentNotValidException invalid -> answer(new InvalidInput(
          HttpStatus.BAD_REQUEST,
          invalid.getFieldErrors().stream()
              .map(error -> new InvalidInput.Field(error.getField(), error.getDefaultMessage())).toList()));
      case HandlerMethodValidationException invalid when !invalid.getParameterValidationResults().isEmpty() ->
          answer(new InvalidInput(HttpStatus.BAD_REQUEST, fields(invalid)));
      case MethodArgumentTypeMismatchException wrong -> answer(new InvalidInput(wrong.getName(), allowed(wrong)));
      case MissingServletRequestParameterException missing ->
          answer(new InvalidInput(missing.getParameterName(), "is required"));
      case HttpMessageNotReadableException ignored ->
          answer(new InvalidInput("body", "is not what is expected here: check the JSON and the types of its fields"));
      case MaxUploadSizeExceededException ignored -> answer(new InvalidInput(
          HttpStatus.PAYLOAD_TOO_LARGE, List.of(new InvalidInput.Field("body", "is too large"))));
      case MultipartException ignored -> answer(new InvalidInput("body", "is not a readable multipart upload"));
      case ErrorResponse known -> answer(known);
      case DataAccessResourceFailureException away ->
          unexpected(away, HttpStatus.SERVICE_UNAVAILABLE, "The database is away; try again in a moment");
      default -> unexpected(e, HttpStatus.INTERNAL_SERVER_ERROR, "This is our fault, and it has been noted");
    };
  }

  private static List<InvalidInput.Field> fields(HandlerMethodValidationException invalid) {
    return invalid.getParameterValidationResults().stream()
        .flatMap(result -> result.getResolvableErrors().stream().map(error -> new InvalidInput.Field(
            result.getMethodParameter().getParameterName(), error.getDefaultMessage())))
        .toList();
  }

  private static String allowed(TypeMismatchException wrong) {
    Class<?> type = wrong.getRequiredType();
    if (type == null) return "has the wrong type";
    if (type.isEnum()) return "must be one of " + List.of(type.getEnumConstants());
    return Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class
        ? "must be a number"
        : "must be a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static ResponseEntity<ProblemDetail> answer(ErrorResponse error) {
    return answer(error.getStatusCode(), error.getHeaders(), error.getBody());
  }

  private static ResponseEntity<ProblemDetail> unexpected(Exception e, HttpStatus status, String words) {
    var at = e.getStackTrace().length == 0 ? "" : " at " + e.getStackTrace()[0];
    log.error("A request failed with {}{}", e.getClass().getName(), at);
    return answer(status, HttpHeaders.EMPTY, ProblemDetail.forStatusAndDetail(status, words));
  }

  private static ResponseEntity<ProblemDetail> answer(HttpStatusCode status, HttpHeaders headers, ProblemDetail body) {
    return ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
  }
}
