package dev.leadline.web;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** "You are …" in the bar of every page. */
@Controller
class ViewerPage {

  @PostMapping("/me")
  ResponseEntity<Void> remember(
      @RequestParam(defaultValue = "") String name,
      @RequestHeader(name = HttpHeaders.REFERER, defaultValue = "/inbox") String from) {
    return ResponseEntity.status(HttpStatus.SEE_OTHER)
        .header(HttpHeaders.SET_COOKIE, Viewer.cookie(Viewer.named(name)).toString())
        .location(backTo(from))
        .build();
  }

  /** Only the path: the way back never leaves this site. */
  private static URI backTo(String referer) {
    try {
      var uri = URI.create(referer);
      var path = uri.getRawPath() == null || !uri.getRawPath().matches("/(?![/\\\\]).*") ? "/" : uri.getRawPath();
      return URI.create(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    } catch (IllegalArgumentException malformed) {
      return URI.create("/");
    }
  }
}
