package dev.leadline.replies;

import dev.leadline.intake.CameAgain;
import dev.leadline.outreach.SenderProfile;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Whoever is known and asks again by form or API is answered as if they had written a letter: it goes the way of mail. */
@Component
class FormLetters {

  private static final String SUBJECT = "Request through the form";

  private final Mailroom mailroom;
  private final SenderProfile sender;
  private final Clock clock;

  FormLetters(Mailroom mailroom, SenderProfile sender, Clock clock) {
    this.mailroom = mailroom;
    this.sender = sender;
    this.clock = clock;
  }

  @EventListener
  void cameAgain(CameAgain request) throws MessagingException, IOException {
    // An id of ours; what has it was not sent by mail.
    String id = "<form-%s@leadline.invalid>".formatted(request.id());
    mailroom.take(id, letter(request, id), false);
  }

  private byte[] letter(CameAgain request, String id) throws MessagingException, IOException {
    var letter = new MimeMessage(Session.getInstance(new Properties()));
    letter.setFrom(new InternetAddress(request.lead().email(), request.lead().name(), StandardCharsets.UTF_8.name()));
    letter.setRecipient(RecipientType.TO, new InternetAddress(sender.email()));
    letter.setSubject(SUBJECT);
    letter.setSentDate(Date.from(clock.instant()));
    letter.setText(
        request.said().isEmpty() ? "(They filled in the form again and left the field for their project empty.)" : request.said(),
        StandardCharsets.UTF_8.name());
    letter.saveChanges();
    letter.setHeader("Message-ID", id);
    var bytes = new ByteArrayOutputStream();
    letter.writeTo(bytes);
    return bytes.toByteArray();
  }
}
