package dev.leadline.replies;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leadline.replies.Incoming.Attachment;
import dev.leadline.replies.Incoming.Decision;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Sorted;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Page;

/**
 * A mail that came, as the API tells it.
 *
 * @param from address of the author, "" when none can be read
 * @param text what is new in it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "IncomingMail")
record IncomingView(
    String id, Instant receivedAt, @Schema(description = "Who speaks; absent before it was read") Kind kind,
    String from, String name, String subject, String text, List<Attachment> attachments,
    @Schema(description = "Whose it is; absent when it matches nobody") String leadId,
    @Schema(description = "By what that is known") String known,
    @Schema(description = "What it was understood as, and what came of it") Decision decision,
    @Schema(description = "That a person said whose it is, or without a lead that it is nobody's") Sorted sorted,
    @Schema(description = "Whether somebody should say whose it is") boolean unclaimed) {

  /** One page of them. */
  @Schema(name = "IncomingMailPage")
  record Window(List<IncomingView> items, int page, int size, long total) {

    static Window of(Page<Incoming> found) {
      return new Window(
          found.map(IncomingView::of).getContent(), found.getNumber(), found.getSize(), found.getTotalElements());
    }
  }

  static IncomingView of(Incoming mail) {
    var letter = mail.letter();
    return new IncomingView(
        mail.id(), mail.receivedAt(), mail.kind(), letter == null ? "" : letter.from(),
        letter == null ? "" : letter.name(), letter == null ? "" : letter.subject(), letter == null ? "" : letter.text(),
        letter == null ? List.of() : letter.attachments(), mail.leadId(), mail.known(), mail.decision(), mail.sorted(),
        Boolean.TRUE.equals(mail.unclaimed()));
  }
}
