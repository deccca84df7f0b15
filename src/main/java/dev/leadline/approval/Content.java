package dev.leadline.approval;

import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.Draft.Campaign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What somebody said yes to: exactly this text with these attachments, to exactly this address, as exactly this touch.
 *
 * @param recipient the address as mail will be sent to it
 * @param policyVersion the rules that were in force; after a rise, every earlier yes has to be said again
 */
public record Content(
    String leadId,
    Campaign campaign,
    int number,
    String recipient,
    String subject,
    String body,
    List<Attachment> attachments,
    String policyVersion) {

  private static final String FORMAT = "leadline-content-1";

  /**
   * SHA-256 in lower-case hex over the fields in this order: format, lead id, campaign, number, recipient, subject,
   * body, number of attachments, of each its name, media type and text, policy version. Each stands as the length of
   * its UTF-8 bytes (four bytes, big-endian) and the bytes themselves, so that no two contents share an encoding,
   * wherever one field ends. Without attachments it is what it was before there were any.
   */
  public String hash() {
    var digest = DigestUtils.getSha256Digest();
    add(digest, FORMAT);
    add(digest, leadId);
    add(digest, campaign.name());
    add(digest, Integer.toString(number));
    add(digest, recipient);
    add(digest, subject);
    add(digest, body);
    add(digest, Integer.toString(attachments.size()));
    for (Attachment attachment : attachments) {
      add(digest, attachment.name());
      add(digest, attachment.mediaType());
      add(digest, attachment.text());
    }
    add(digest, policyVersion);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
