package dev.leadline.web;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What a program asked for cannot be done; the answer is a problem (RFC 9457) that says why in a sentence. */
public class Refused extends ErrorResponseException {

  public Refused(HttpStatus status, String words) {
    super(status, ProblemDetail.forStatusAndDetail(status, words), null);
  }
}
