package dev.leadline.replies;

import dev.leadline.lead.Leads;
import dev.leadline.replies.Threads.Spoken;
import dev.leadline.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/leads/{id}/messages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Leads")
class MessageApi {

  private final Leads leads;
  private final Threads threads;

  MessageApi(Leads leads, Threads threads) {
    this.leads = leads;
    this.threads = threads;
  }

  @GetMapping
  @Operation(
      summary = "The mails between us and a lead, in both directions, oldest first",
      description = "text is what is new in a mail; whole is all of it, where that is more. Attachments are names and sizes.")
  @ApiResponse(responseCode = "200", description = "The mails")
  @ApiResponse(responseCode = "404", description = "There is no such lead",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  List<Spoken> of(@PathVariable String id) {
    if (leads.findById(id).isEmpty()) {
      throw new Refused(HttpStatus.NOT_FOUND, "There is no lead with this id");
    }
    return threads.of(id);
  }
}
