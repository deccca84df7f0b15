package dev.leadline.booking;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where a lead chooses, moves and cancels their meeting; its token is a meeting's own and cannot be guessed. */
@Component
class BookingLinks {

  private final String base;

  BookingLinks(@Value("${leadline.mail.public-address:http://localhost:8080}") URI base) {
    this.base = base.toString().replaceFirst("/+$", "");
  }

  URI of(Meeting meeting) {
    return URI.create(base + "/meet/" + meeting.token());
  }
}
