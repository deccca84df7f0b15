package dev.leadline.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lays out what every page shows as a request attribute, so that error pages have it as well. */
@Component
class LayoutFilter extends OncePerRequestFilter {

  private final FrontDoor door;
  private final String company;
  private final boolean mailbox;

  LayoutFilter(
      FrontDoor door,
      @Value("${leadline.sender.company}") String company,
      @Value("${leadline.embedded.mail.running:false}") boolean mailbox) {
    this.door = door;
    this.company = company;
    this.mailbox = mailbox;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var person = Viewer.of(request).map(Viewer::name).orElse("");
    request.setAttribute(
        "layout",
        door.isUsedBy(request)
            ? Layout.forStrangers(company)
            : Layout.of(request.getRequestURI(), person, mailbox));
    chain.doFilter(request, response);
  }
}
