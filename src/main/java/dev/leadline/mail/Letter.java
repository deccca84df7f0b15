package dev.leadline.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;

/** A mail with a Message-ID of our own, which remembers whether a server was given all of it. */
class Letter extends MimeMessage {

  private final String messageId;
  private volatile boolean handedOver;

  Letter(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  /** Before this, no server can have taken it. */
  boolean handedOver() {
    return handedOver;
  }

  @Override
  public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
    super.writeTo(out, without);
    handedOver = true;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
