package dev.leadline.web;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponseException;

/** What a client sent cannot be used; the answer names every field and the reason. */
public class InvalidInput extends ErrorResponseException {

  /** @param reason goes on where the field's name ends: "is required" */
  public record Field(String field, String reason) {}

  public InvalidInput(String field, String reason) {
    this(HttpStatus.BAD_REQUEST, List.of(new Field(field, reason)));
  }

  public InvalidInput(HttpStatusCode status, List<Field> errors) {
    super(status);
    Field first = errors.getFirst();
    setDetail(first.field() + " " + first.reason() + (errors.size() > 1 ? ", and more: see errors" : ""));
    getBody().setProperty("errors", List.copyOf(errors));
  }
}
