package dev.leadline.mail.message;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** A mail with a Message-ID of our own, which remembers whether a server was given all of it. */
public class Letter extends SMTPMessage {

  private static final Session NO_SERVER = Session.getInstance(new Properties());

  private final String messageId;
  private volatile boolean handedOver;

  Letter(String messageId) {
    super(NO_SERVER);
    this.messageId = messageId;
  }

  /** Before this, no server can have taken it. */
  public boolean handedOver() {
    return handedOver;
  }

  @Override
  public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
    super.writeTo(out, without);
    handedOver = true;
  }

  /** As it will stand on the wire, lines ended by CRLF. */
  void copyTo(OutputStream out) throws IOException, MessagingException {
    super.writeTo(out, null);
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
